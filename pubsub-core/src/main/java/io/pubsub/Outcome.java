package io.pubsub;

import java.time.Duration;
import java.util.Objects;

import io.pubsub.internal.RetryDelay;
import org.jspecify.annotations.Nullable;

/**
 * The end of one delivery of a message.
 *
 * @param kind whether, and how, the message was handled
 * @param tried whether this was an attempt at the message; one that is handed back
 * untried uses up none of its attempts
 * @param reason the reason in a few words for people, never with the content; nothing is
 * decided on it
 * @param retryAfter the delay of the next delivery: less than zero counts as zero, and
 * more than 12 hours as 12 hours; {@code null} leaves it to the back-off policy
 * @param cause the exception behind it
 * @since 0.1.0
 */
public record Outcome(Kind kind, boolean tried, @Nullable String reason, @Nullable Duration retryAfter,
		@Nullable Throwable cause) {

	private static final Outcome SUCCEEDED = new Outcome(Kind.SUCCEEDED, true, null, null, null);

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
	 * @param reason the reason
	 * @return an outcome that acknowledges
	 */
	public static Outcome skipped(@Nullable String reason) {
		return new Outcome(Kind.SKIPPED, true, reason, null, null);
	}

	/**
	 * Nobody here is interested in the message.
	 * @param reason the reason
	 * @return an outcome that acknowledges
	 */
	public static Outcome ignored(@Nullable String reason) {
		return new Outcome(Kind.IGNORED, true, reason, null, null);
	}

	/**
	 * The message has passed through more services than its time to live permits.
	 * @param reason the reason
	 * @return an outcome that acknowledges
	 */
	public static Outcome expired(@Nullable String reason) {
		return new Outcome(Kind.EXPIRED, true, reason, null, null);
	}

	/**
	 * The message is to be delivered again, although nothing is broken.
	 * @param delay the delay; zero means at once, {@code null} leaves it to the back-off
	 * policy
	 * @param reason the reason
	 * @return an outcome that hands the message back
	 */
	public static Outcome retry(@Nullable Duration delay, @Nullable String reason) {
		return new Outcome(Kind.RETRIED, true, reason, delay, null);
	}

	/**
	 * The message is to be delivered again, because nobody has tried to handle it: the
	 * next delivery is the same attempt.
	 * @param delay the delay; zero means at once, {@code null} leaves it to the back-off
	 * policy
	 * @param reason the reason
	 * @return an outcome that hands the message back and uses up no attempt
	 */
	public static Outcome untried(@Nullable Duration delay, @Nullable String reason) {
		return new Outcome(Kind.RETRIED, false, reason, delay, null);
	}

	/**
	 * The message could not be handled.
	 * @param reason the reason
	 * @param cause the exception behind it
	 * @return an outcome that hands the message back
	 */
	public static Outcome failed(@Nullable String reason, @Nullable Throwable cause) {
		return new Outcome(Kind.FAILED, true, reason, null, cause);
	}

	/**
	 * The outcome of a handler that throws.
	 * @param thrown the exception
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

		/** The message is wanted again. */
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
