package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * {@link Timekeeper} whose time passes when a test says so.
 */
final class ManualTime implements Timekeeper {

	private final List<Task> tasks = new ArrayList<>();

	private long now;

	private boolean closed;

	@Override
	public synchronized long nanos() {
		return this.now;
	}

	@Override
	public synchronized boolean after(Duration delay, Runnable task) {
		return !this.closed && this.tasks.add(new Task(this.now + delay.toNanos(), task));
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.tasks.clear();
	}

	void pass(Duration duration) {
		long end = nanos() + duration.toNanos();
		for (Task task = nextUntil(end); task != null; task = nextUntil(end)) {
			task.action().run();
		}
		moveTo(end);
	}

	/**
	 * Lets time pass in which this process does nothing.
	 */
	synchronized void pause(Duration duration) {
		this.now += duration.toNanos();
	}

	private synchronized @Nullable Task nextUntil(long end) {
		Task next = this.tasks.stream().min(Comparator.comparingLong(Task::at)).orElse(null);
		if (next == null || next.at() > end) {
			return null;
		}
		this.tasks.remove(next);
		moveTo(Math.max(next.at(), this.now));
		return next;
	}

	private synchronized void moveTo(long moment) {
		this.now = moment;
	}

	private record Task(long at, Runnable action) {

	}

}
