package io.pubsub.source;

import java.time.Duration;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

/**
 * The reasons of a feed not to be asked for now: it has failed, it gave nothing new, or
 * it is at its end.
 * <p>
 * Safe for use by many threads.
 */
final class PullPauses {

	private final PollInterval interval;

	private final Timekeeper time;

	private final Runnable changed;

	@GuardedBy("this")
	private Duration rest;

	@GuardedBy("this")
	private Timekeeper.@Nullable Task resting;

	@GuardedBy("this")
	private boolean backingOff;

	@GuardedBy("this")
	private boolean endOfFeed;

	// What comes while the feed is asked may be too late for its answer.
	@GuardedBy("this")
	private boolean arrived;

	/**
	 * Makes pauses of which none has begun.
	 * @param interval the time between two calls that bring nothing
	 * @param time the time
	 * @param changed the signal that a pause is over, which takes no lock
	 */
	PullPauses(PollInterval interval, Timekeeper time, Runnable changed) {
		this.interval = interval;
		this.rest = interval.shortest();
		this.time = time;
		this.changed = changed;
	}

	/**
	 * The feed is about to be asked.
	 */
	synchronized void asking() {
		this.arrived = false;
	}

	/**
	 * The feed has answered.
	 * @param answer the answer
	 * @param fresh whether it brought something new
	 */
	synchronized void answered(FeedCalls.Answer answer, boolean fresh) {
		this.endOfFeed = answer.last();
		Duration delay = answer.delay();
		if (delay != null) {
			this.backingOff = true;
			this.time.after(delay, this::endBackOff);
		}
		else if (fresh) {
			this.rest = this.interval.shortest();
		}
		else if (!this.arrived) {
			rest();
		}
	}

	@GuardedBy("this")
	private void rest() {
		this.resting = this.time.after(this.rest, this::endRest);
		this.rest = this.interval.after(this.rest);
	}

	private synchronized void endBackOff() {
		this.backingOff = false;
		this.changed.run();
	}

	private synchronized void endRest() {
		this.resting = null;
		this.changed.run();
	}

	/**
	 * Something has come, so that the feed should be asked at once.
	 */
	synchronized void arrived() {
		this.arrived = true;
		wake();
		this.changed.run();
	}

	/**
	 * The feed was told that a message has failed, and may give it again.
	 * @param atOnce whether without a delay
	 */
	synchronized void failed(boolean atOnce) {
		this.endOfFeed = false;
		if (atOnce) {
			wake();
		}
	}

	@GuardedBy("this")
	private void wake() {
		Timekeeper.Task task = this.resting;
		if (task != null) {
			task.cancel();
			this.resting = null;
		}
		this.rest = this.interval.shortest();
	}

	/**
	 * Whether the feed is to be asked.
	 * @return {@code true} if there is no reason against it
	 */
	synchronized boolean areOver() {
		return !this.endOfFeed && this.resting == null && !this.backingOff;
	}

	synchronized boolean isBackingOff() {
		return this.backingOff;
	}

	synchronized boolean isEndOfFeed() {
		return this.endOfFeed;
	}

}
