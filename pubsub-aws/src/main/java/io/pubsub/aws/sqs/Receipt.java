package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.pubsub.time.Timekeeper;

/**
 * What it takes to settle a received message, and until when that is possible. Times are
 * in the nanoseconds of the {@link Timekeeper}.
 */
final class Receipt {

	private final String messageId;

	private final String handle;

	private final long receivedAt;

	private final Visibility visibility;

	private volatile long expiresAt;

	/**
	 * Makes the receipt of a message that has just been received.
	 * @param messageId the id of the message, the same at every delivery
	 * @param handle the receipt handle of this delivery
	 * @param receivedAt the time at which it was received
	 * @param visibility the time for which it is ours, unless that is extended
	 */
	Receipt(String messageId, String handle, long receivedAt, Visibility visibility) {
		this.messageId = messageId;
		this.handle = handle;
		this.receivedAt = receivedAt;
		this.visibility = visibility;
		this.expiresAt = receivedAt + visibility.nanos();
	}

	String messageId() {
		return this.messageId;
	}

	String handle() {
		return this.handle;
	}

	long receivedAt() {
		return this.receivedAt;
	}

	/**
	 * How long the message is ours after its receipt, and after each extension.
	 * @return the time, the same for each
	 */
	Visibility visibility() {
		return this.visibility;
	}

	long expiresAt() {
		return this.expiresAt;
	}

	/**
	 * Whether the message has stopped being ours: from then on it is visible to others.
	 * @param now the time
	 * @return {@code true} from the end of its visibility on
	 */
	boolean isOver(long now) {
		return now - this.expiresAt >= 0;
	}

	void extendTo(long expiresAt) {
		this.expiresAt = expiresAt;
	}

	/**
	 * How long the message may still be hidden: SQS keeps none for longer than 12 hours
	 * after its receipt.
	 * @param now the time
	 * @return whole seconds, less than one if it is over
	 */
	long secondsLeft(long now) {
		// SQS began to count a little earlier than we did.
		return SqsLimits.LONGEST_VISIBILITY.toSeconds() - TimeUnit.NANOSECONDS.toSeconds(now - this.receivedAt) - 2;
	}

	/**
	 * The visibility that hands the message back after a delay, as far as SQS permits.
	 * @param delay the delay
	 * @param now the time
	 * @return whole seconds, rounded up so that the message does not come early
	 */
	int secondsUntilBack(Duration delay, long now) {
		long left = secondsLeft(now);
		boolean tooLong = delay.compareTo(SqsLimits.LONGEST_VISIBILITY) > 0;
		long wanted = tooLong ? left : delay.plusNanos(999_999_999).toSeconds();
		return (int) Math.max(0, Math.min(wanted, left));
	}

}
