package io.pubsub.test;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

/**
 * The time of a {@link TestClock} in all its zones, and all that waits for it.
 */
final class TestTime {

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	@GuardedBy("this")
	private final PriorityQueue<TestTask> tasks = new PriorityQueue<>(
			Comparator.comparing(TestTask::due).thenComparingLong(TestTask::number));

	private final AtomicLong numbers = new AtomicLong();

	private final Timekeeper endless = new EndlessTimekeeper();

	@GuardedBy("this")
	private Instant start;

	@GuardedBy("this")
	private Duration elapsed = Duration.ZERO;

	@GuardedBy("this")
	private Duration target = Duration.ZERO;

	TestTime(Instant start) {
		this.start = start;
	}

	synchronized Instant now() {
		return this.start.plus(this.elapsed);
	}

	/**
	 * The time that has passed since this was made; it never goes back.
	 * @return the duration
	 */
	synchronized Duration elapsed() {
		return this.elapsed;
	}

	/**
	 * Makes it the time of the beginning again. What waits goes on waiting for as long as
	 * it would have.
	 * @param beginning the time that it is now
	 */
	synchronized void startAt(Instant beginning) {
		this.start = beginning.minus(this.elapsed);
	}

	/**
	 * Lets time pass: tasks run at their time, and listeners are told at the end.
	 * @param duration the time
	 */
	void pass(Duration duration) {
		Duration end = aim(duration);
		for (TestTask task = nextUntil(end); task != null; task = nextUntil(end)) {
			task.run();
		}
		this.listeners.forEach(Runnable::run);
	}

	/**
	 * Lets time pass in which nothing happens.
	 * @param duration the time
	 */
	synchronized void skip(Duration duration) {
		moveTo(aim(duration));
	}

	void onAdvance(Runnable listener) {
		this.listeners.add(listener);
	}

	/**
	 * Makes a timekeeper that tells this time, and whose tasks run when it is theirs.
	 * @return the timekeeper, with an end of its own
	 */
	Timekeeper timekeeper() {
		return this.endless.part();
	}

	private synchronized void add(TestTask task) {
		this.tasks.add(task);
	}

	private synchronized boolean remove(TestTask task) {
		return this.tasks.remove(task);
	}

	private synchronized Duration aim(Duration duration) {
		this.target = this.target.plus(duration);
		return this.target;
	}

	private synchronized @Nullable TestTask nextUntil(Duration end) {
		TestTask next = this.tasks.peek();
		if (next == null || next.due().compareTo(end) > 0) {
			moveTo(end);
			return null;
		}
		moveTo(next.due());
		return this.tasks.poll();
	}

	@GuardedBy("this")
	private void moveTo(Duration moment) {
		this.elapsed = (moment.compareTo(this.elapsed) > 0) ? moment : this.elapsed;
	}

	/**
	 * The timekeeper of which all others are parts, and which is never closed.
	 */
	private final class EndlessTimekeeper implements Timekeeper {

		private final CompletableFuture<Void> closed = new CompletableFuture<>();

		@Override
		public long nanos() {
			return elapsed().toNanos();
		}

		@Override
		public Instant now() {
			return TestTime.this.now();
		}

		@Override
		public Task after(Duration delay, Runnable action) {
			TestTask task = new TestTask(delay, action);
			add(task);
			return task;
		}

		@Override
		public CompletableFuture<Void> closed() {
			return this.closed;
		}

		@Override
		public void close() {
		}

	}

	private final class TestTask implements Timekeeper.Task {

		private final Runnable action;

		private final Duration due;

		private final long number;

		private volatile boolean cancelled;

		TestTask(Duration delay, Runnable action) {
			this.action = action;
			this.due = elapsed().plus(delay);
			this.number = TestTime.this.numbers.incrementAndGet();
		}

		Duration due() {
			return this.due;
		}

		long number() {
			return this.number;
		}

		void run() {
			this.action.run();
		}

		@Override
		public void cancel() {
			if (remove(this)) {
				this.cancelled = true;
			}
		}

		@Override
		public boolean isCancelled() {
			return this.cancelled;
		}

	}

}
