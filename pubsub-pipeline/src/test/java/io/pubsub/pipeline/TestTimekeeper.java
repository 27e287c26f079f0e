package io.pubsub.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.pubsub.time.Timekeeper;

/**
 * Keeps what is to be done later until a test has it done.
 */
final class TestTimekeeper implements Timekeeper {

	private final Queue<TestTask> tasks = new ConcurrentLinkedQueue<>();

	/**
	 * Does what is due next.
	 */
	void next() {
		this.tasks.remove().action.run();
	}

	/**
	 * What is to be done later.
	 */
	int waiting() {
		return this.tasks.size();
	}

	@Override
	public long nanos() {
		return 0;
	}

	@Override
	public Instant now() {
		return Instant.EPOCH;
	}

	@Override
	public Task after(Duration delay, Runnable action) {
		TestTask task = new TestTask(action);
		this.tasks.add(task);
		return task;
	}

	@Override
	public CompletableFuture<Void> closed() {
		return new CompletableFuture<>();
	}

	@Override
	public void close() {
	}

	private final class TestTask implements Task {

		private final Runnable action;

		TestTask(Runnable action) {
			this.action = action;
		}

		@Override
		public void cancel() {
			TestTimekeeper.this.tasks.remove(this);
		}

		@Override
		public boolean isCancelled() {
			return !TestTimekeeper.this.tasks.contains(this);
		}

	}

}
