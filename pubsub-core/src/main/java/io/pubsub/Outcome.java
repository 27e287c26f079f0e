package io.pubsub;

import java.time.Duration;
import java.util.Objects;

import io.pubsub.internal.RetryDelay;
import org.jspecify.annotations.Nullable;

/**
 * What became of one delivery of a message (MC-42).
 *
 * @param kind whether, and how, the message was handled
 * @param reason why, in a few words for people and metrics, never with the content
 * @param retryAfter when the message is to be delivered again: less than zero counts as
 * zero, and more than 12 hours, the most that SQS permits, as 12 hours; {@code null}
 * leaves it to the back-off policy
 * @param cause the exception behind it
 */
public record Outcome(Kind kind, @Nullable String reason, @Nullable Duration retryAfter, @Nullable Throwable cause) {

	private static final Outcome SUCCEEDED = new Outcome(Kind.SUCCEEDED, null, null, null);

	public Outcome {
		Objects.requireNonNull(kind, "an outcome needs a kind");
		retryAfter = RetryDelay.bounded(retryAfter);
	}

	/**
	 * The handler did its work.
	 * @return an outcome that acknowledges
	 */
	public static Outcome succeeded() {
		return SUCCEEDED;
	}

	/**
	 * The handler had nothing to do.
	 * @param reason why
	 * @return an outcome that acknowledges
	 */
	public static Outcome skipped(@Nullable String reason) {
		return new Outcome(Kind.SKIPPED, reason, null, null);
	}

	/**
	 * Nobody here is interested in the message.
	 * @param reason why
	 * @return an outcome that acknowledges
	 */
	public static Outcome ignored(@Nullable String reason) {
		return new Outcome(Kind.IGNORED, reason, null, null);
	}

	/**
	 * The message has passed through more services than its time to live permits.
	 * @param reason why
	 * @return an outcome that acknowledges
	 */
	public static Outcome expired(@Nullable String reason) {
		return new Outcome(Kind.EXPIRED, reason, null, null);
	}

	/**
	 * The message is to be delivered again, although nothing is broken.
	 * @param delay when; zero means at once, {@code null} leaves it to the back-off
	 * policy
	 * @param reason why
	 * @return an outcome that hands the message back
	 */
	public static Outcome retry(@Nullable Duration delay, @Nullable String reason) {
		return new Outcome(Kind.RETRIED, reason, delay, null);
	}

	/**
	 * The message could not be handled.
	 * @param reason why
	 * @param cause the exception behind it
	 * @return an outcome that hands the message back
	 */
	public static Outcome failed(@Nullable String reason, @Nullable Throwable cause) {
		return new Outcome(Kind.FAILED, reason, null, cause);
	}

	/**
	 * What it means that a handler throws.
	 * @param thrown what it throws
	 * @return skipped, ignored or retried for the exceptions that say so, else failed
	 */
	public static Outcome of(Throwable thrown) {
		try {
			return read(thrown);
		}
		catch (RuntimeException | Error unreadable) {
			return failed(thrown.getClass().getSimpleName(), thrown);
		}
	}

	// Classes that extend ours may fail to say what they are about.
	private static Outcome read(Throwable thrown) {
		if (thrown instanceof NackException ex) {
			return retry(ex.delay(), ex.getMessage());
		}
		if (thrown instanceof SkipMessageException ex) {
			return skipped(ex.getMessage());
		}
		if (thrown instanceof IgnoreMessageException ex) {
			return ignored(ex.getMessage());
		}
		return failed(thrown.getClass().getSimpleName(), thrown);
	}

	/**
	 * The kinds of outcomes.
	 */
	public enum Kind {

		/** The handler did its work. */
		SUCCEEDED(true),

		/** The handler had nothing to do. */
		SKIPPED(true),

		/** Nobody here handles the message. */
		IGNORED(true),

		/** The time to live was used up. */
		EXPIRED(true),

		/** The handler asked for another delivery. */
		RETRIED(false),

		/** The message could not be handled. */
		FAILED(false);

		private final boolean acknowledged;

		Kind(boolean acknowledged) {
			this.acknowledged = acknowledged;
		}

		/**
		 * Whether the message is done with.
		 * @return {@code false} if it is handed back to be delivered again
		 */
		public boolean isAcknowledged() {
			return this.acknowledged;
		}

	}

}
