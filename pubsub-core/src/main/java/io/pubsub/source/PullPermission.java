package io.pubsub.source;

import java.time.Duration;

import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a {@link Permission} has said last, and when it is to be asked again. Without one,
 * pulling is always permitted.
 * <p>
 * Asked by one thread, and read by many.
 */
final class PullPermission {

	private static final Logger logger = LoggerFactory.getLogger(PullSource.class);

	private static final Duration INTERVAL = Duration.ofSeconds(2);

	private final FeedCalls calls;

	private final @Nullable Permission permission;

	private final Timekeeper time;

	private final Runnable changed;

	private volatile boolean given;

	private volatile boolean due;

	/**
	 * Makes a permission that is to be asked for at once, if there is one to ask.
	 * @param calls the calls of the feed
	 * @param permission the permission to ask, {@code null} if none is needed
	 * @param time the time
	 * @param changed the signal that it is to be asked for again
	 */
	PullPermission(FeedCalls calls, @Nullable Permission permission, Timekeeper time, Runnable changed) {
		this.calls = calls;
		this.permission = permission;
		this.time = time;
		this.changed = changed;
		this.given = permission == null;
		this.due = permission != null;
	}

	boolean isGiven() {
		return this.given;
	}

	boolean isDue() {
		return this.due;
	}

	/**
	 * Asks for the permission, and again later.
	 * @return {@code true} if it is given
	 */
	boolean ask() {
		boolean now = this.permission == null || this.calls.permits(this.permission);
		if (now != this.given) {
			logger.info("Pulling from {} is {}", this.calls.name(),
					now ? "up to this instance now" : "not up to this instance any more");
		}
		this.given = now;
		this.due = false;
		this.time.after(INTERVAL, this::becomeDue);
		return now;
	}

	private void becomeDue() {
		this.due = true;
		this.changed.run();
	}

	/**
	 * Gives the permission up.
	 */
	void end() {
		if (this.permission != null) {
			this.permission.end();
		}
	}

}
