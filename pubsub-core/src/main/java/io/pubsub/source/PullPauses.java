package io.pubsub.source;

import java.time.Duration;

import io.pubsub.time.Timekeeper;

/**
 * The reasons of a feed not to be asked for now: it has failed, it gave nothing new, or
 * it is at its end.
 * <p>
 * Safe for use by many threads.
 */
final class PullPauses {

	private final Duration pollInterval;

	private final Timekeeper time;

	private final Runnable changed;

	private volatile boolean resting;

	private volatile boolean backingOff;

	private volatile boolean endOfFeed;

	/**
	 * Makes pauses of which none has begun.
	 * @param pollInterval the time between two calls that bring nothing
	 * @param time the time
	 * @param changed the signal that a pause is over
	 */
	PullPauses(Duration pollInterval, Timekeeper time, Runnable changed) {
		this.pollInterval = pollInterval;
		this.time = time;
		this.changed = changed;
	}

	/**
	 * The feed has answered.
	 * @param answer the answer
	 * @param fresh whether it brought something new
	 */
	void answered(FeedCalls.Answer answer, boolean fresh) {
		this.endOfFeed = answer.last();
		Duration delay = answer.delay();
		if (delay != null) {
			this.backingOff = true;
			this.time.after(delay, this::endBackOff);
		}
		else if (!fresh) {
			this.resting = true;
			this.time.after(this.pollInterval, this::endRest);
		}
	}

	private void endBackOff() {
		this.backingOff = false;
		this.changed.run();
	}

	private void endRest() {
		this.resting = false;
		this.changed.run();
	}

	/**
	 * The feed was told that a message has failed, and may give it again.
	 * @param atOnce whether without a delay
	 */
	void failed(boolean atOnce) {
		this.endOfFeed = false;
		if (atOnce) {
			this.resting = false;
		}
	}

	/**
	 * Whether the feed is to be asked.
	 * @return {@code true} if there is no reason against it
	 */
	boolean areOver() {
		return !this.endOfFeed && !this.resting && !this.backingOff;
	}

	boolean isBackingOff() {
		return this.backingOff;
	}

	boolean isEndOfFeed() {
		return this.endOfFeed;
	}

}
