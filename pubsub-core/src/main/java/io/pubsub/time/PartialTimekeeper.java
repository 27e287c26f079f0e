package io.pubsub.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * {@link Timekeeper} with the clock and the scheduler of another one, and an end of its
 * own.
 */
final class PartialTimekeeper implements Timekeeper {

	private final Set<PartialTask> waiting = ConcurrentHashMap.newKeySet();

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private final Timekeeper whole;

	private PartialTimekeeper(Timekeeper whole) {
		this.whole = whole;
	}

	/**
	 * Makes a part that ends with the whole, at the latest.
	 * @param whole the timekeeper that has the clock and the scheduler
	 * @return the part
	 */
	static Timekeeper of(Timekeeper whole) {
		PartialTimekeeper part = new PartialTimekeeper(whole);
		// Either way: the whole keeps nothing of a part that has ended.
		CompletableFuture<?> unused = part.closed.runAfterEither(whole.closed(), part::close);
		return part;
	}

	@Override
	public long nanos() {
		return this.whole.nanos();
	}

	@Override
	public Instant now() {
		return this.whole.now();
	}

	@Override
	public Clock clock() {
		return this.whole.clock();
	}

	@Override
	public Task after(Duration delay, Runnable action) {
		PartialTask task = new PartialTask(action);
		this.waiting.add(task);
		if (!this.closed.isDone()) {
			task.schedule(delay);
		}
		// It may have ended meanwhile, and not seen this one.
		if (this.closed.isDone()) {
			task.cancel();
		}
		return task;
	}

	@Override
	public CompletableFuture<Void> closed() {
		return this.closed;
	}

	@Override
	public void close() {
		this.closed.complete(null);
		this.waiting.forEach(PartialTask::cancel);
	}

	private final class PartialTask implements Task {

		private final Runnable action;

		private volatile @Nullable Task task;

		private volatile boolean cancelled;

		PartialTask(Runnable action) {
			this.action = action;
		}

		void schedule(Duration delay) {
			Task scheduled = PartialTimekeeper.this.whole.after(delay, this::run);
			this.task = scheduled;
			// Whoever cancelled it meanwhile has not seen it.
			if (this.cancelled) {
				scheduled.cancel();
			}
		}

		private void run() {
			if (leave()) {
				this.action.run();
			}
		}

		@Override
		public void cancel() {
			if (leave()) {
				this.cancelled = true;
				Task scheduled = this.task;
				if (scheduled != null) {
					scheduled.cancel();
				}
			}
		}

		// Who takes it out decides whether it runs.
		private boolean leave() {
			return PartialTimekeeper.this.waiting.remove(this);
		}

		@Override
		public boolean isCancelled() {
			return this.cancelled;
		}

	}

}
