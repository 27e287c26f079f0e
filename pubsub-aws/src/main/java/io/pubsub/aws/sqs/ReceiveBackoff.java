package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long the receive loop waits after failures in a row: from 1 s to 30 s, doubling,
 * and random in the upper half so that many instances do not come back together.
 */
final class ReceiveBackoff {

	private static final long FIRST_MILLIS = 2_000;

	private static final long LAST_MILLIS = 30_000;

	private ReceiveBackoff() {
	}

	static Duration after(int failures) {
		long limit = Math.min(FIRST_MILLIS << Math.min(failures - 1, 10), LAST_MILLIS);
		return Duration.ofMillis(ThreadLocalRandom.current().nextLong(limit / 2, limit + 1));
	}

}
