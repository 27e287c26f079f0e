package io.pubsub.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limit for messages that become dead letters: beyond it, something must be wrong
 * with more than these messages, so that it is better to consume no more.
 * <p>
 * It counts the messages that are done with, in the order in which they are: those that
 * became dead letters, and those that were acknowledged. What is handed back will come
 * again and does not count. Safe for use by many threads; each dispatcher needs its own.
 *
 * @since 0.1.0
 */
public final class DeadLetterLimit {

	private static final Logger logger = LoggerFactory.getLogger(DeadLetterLimit.class);

	// The ratio of fewer messages says nothing.
	private static final int WINDOW = 100;

	private final @Nullable Double maxInvalidRatio;

	private final @Nullable Integer maxConsecutive;

	// Whether each of the last messages became a dead letter, the oldest first.
	@GuardedBy("this")
	private final Deque<Boolean> window = new ArrayDeque<>();

	@GuardedBy("this")
	private int invalid;

	@GuardedBy("this")
	private int consecutive;

	private volatile @Nullable Excess excess;

	/**
	 * Makes a limit that has counted nothing.
	 * @param maxInvalidRatio the part of the last 100 messages that may become dead
	 * letters, from 0 to 1; {@code null} for any number
	 * @param maxConsecutive the number of messages that may become dead letters in a row;
	 * {@code null} for any number
	 */
	public DeadLetterLimit(@Nullable Double maxInvalidRatio, @Nullable Integer maxConsecutive) {
		if (maxInvalidRatio != null && !(maxInvalidRatio >= 0 && maxInvalidRatio <= 1)) {
			throw new IllegalArgumentException(
					"the ratio of dead letters must be limited to something from 0 to 1, not " + maxInvalidRatio);
		}
		if (maxConsecutive != null && maxConsecutive < 0) {
			throw new IllegalArgumentException(
					"the number of dead letters in a row must be limited to at least 0, not " + maxConsecutive);
		}
		this.maxInvalidRatio = maxInvalidRatio;
		this.maxConsecutive = maxConsecutive;
	}

	boolean isSet() {
		return this.maxInvalidRatio != null || this.maxConsecutive != null;
	}

	/**
	 * The reason why no more dead letters are admitted.
	 * @return the reason, for people; {@code null} as long as they are
	 */
	public @Nullable String exceeded() {
		Excess current = this.excess;
		return (current != null) ? current.reason() : null;
	}

	/**
	 * Which limit is exceeded, so that no more dead letters are admitted.
	 * @return the limit; {@code null} as long as they are admitted
	 */
	public @Nullable Kind exceededKind() {
		Excess current = this.excess;
		return (current != null) ? current.kind() : null;
	}

	/**
	 * Counts a message that is to become a dead letter, unless there were too many.
	 * @return {@code false} if it must not become one
	 */
	public synchronized boolean admits() {
		if (this.excess == null) {
			add(true);
			this.excess = judge();
			if (this.excess != null) {
				logger.error("No more dead letters: {}. From now on what cannot be handled is handed back, and a"
						+ " daemon receives no more. Find out from the dead letters what is wrong, mend it, and resume or"
						+ " restart the daemon", exceeded());
			}
		}
		return this.excess == null;
	}

	@GuardedBy("this")
	private @Nullable Excess judge() {
		if (this.maxConsecutive != null && this.consecutive > this.maxConsecutive) {
			return new Excess(Kind.CONSECUTIVE,
					"more than %d messages in a row cannot be handled".formatted(this.maxConsecutive));
		}
		if (this.maxInvalidRatio != null && this.window.size() == WINDOW
				&& this.invalid > this.maxInvalidRatio * WINDOW) {
			return new Excess(Kind.RATIO,
					"%d of the last %d messages cannot be handled, more than the permitted ratio of %s"
						.formatted(this.invalid, WINDOW, this.maxInvalidRatio));
		}
		return null;
	}

	/**
	 * Counts a message that was acknowledged.
	 */
	public void acknowledged() {
		if (isSet()) {
			add(false);
		}
	}

	/**
	 * Takes back that a message was admitted, because its letter was not sent: it will
	 * come again and be counted then.
	 */
	public synchronized void notSent() {
		if (this.window.removeLastOccurrence(true)) {
			this.invalid--;
		}
		this.consecutive = Math.max(this.consecutive - 1, 0);
	}

	/**
	 * Counts anew.
	 */
	public synchronized void reset() {
		this.window.clear();
		this.invalid = 0;
		this.consecutive = 0;
		this.excess = null;
	}

	private synchronized void add(boolean deadLetter) {
		if (this.window.size() == WINDOW && this.window.remove()) {
			this.invalid--;
		}
		this.window.add(deadLetter);
		this.invalid += deadLetter ? 1 : 0;
		this.consecutive = deadLetter ? this.consecutive + 1 : 0;
	}

	/**
	 * The limits that there are.
	 */
	public enum Kind {

		/** The number of dead letters in a row. */
		CONSECUTIVE,

		/** The part of the last messages. */
		RATIO

	}

	/**
	 * A limit that is exceeded.
	 *
	 * @param kind the limit
	 * @param reason the text for people
	 */
	private record Excess(Kind kind, String reason) {

	}

}
