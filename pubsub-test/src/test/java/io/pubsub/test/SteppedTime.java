package io.pubsub.test;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import io.pubsub.time.Timekeeper;

/**
 * The time on a machine whose time of day is set back and forth.
 */
final class SteppedTime implements Timekeeper {

	private final Timekeeper time;

	private volatile Duration step = Duration.ZERO;

	SteppedTime(Timekeeper time) {
		this.time = time;
	}

	void set(Duration step) {
		this.step = step;
	}

	@Override
	public long nanos() {
		return this.time.nanos();
	}

	@Override
	public Instant now() {
		return this.time.now().plus(this.step);
	}

	@Override
	public Task after(Duration delay, Runnable action) {
		return this.time.after(delay, action);
	}

	@Override
	public CompletableFuture<Void> closed() {
		return this.time.closed();
	}

	@Override
	public void close() {
		this.time.close();
	}

}
