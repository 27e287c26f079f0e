package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The time for which a received message is hidden from others.
 *
 * @param seconds the whole seconds, as SQS counts them
 */
record Visibility(int seconds) {

	/** That of a queue of which nothing is known or that has none. */
	static final Visibility DEFAULT = new Visibility(30);

	/**
	 * Reads the visibility in the options of a source.
	 * @param timeout the time, which {@link SqsLimits} have passed
	 * @return the visibility
	 */
	static Visibility of(Duration timeout) {
		return new Visibility((int) timeout.toSeconds());
	}

	long nanos() {
		return TimeUnit.SECONDS.toNanos(this.seconds);
	}

}
