package io.pubsub.source;

import java.time.Duration;

import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * The rules for how a feed is asked.
 *
 * @param backoff the policy for the delay of a failure
 * @param interval the time between two calls that bring nothing
 * @param permission the permission to ask, {@code null} if none is needed
 */
record PullRules(BackoffPolicy backoff, PollInterval interval, @Nullable Permission permission) {

	Feed.Failure failed(Delivery delivery, @Nullable Duration asked) {
		return new Feed.Failure(Feed.Kind.FAILED, delivery.attempt(), delay(delivery, asked), null);
	}

	Feed.Failure untried(Delivery delivery, @Nullable Duration asked) {
		return new Feed.Failure(Feed.Kind.UNTRIED, delivery.attempt() - 1, delay(delivery, asked), null);
	}

	Feed.Failure rejected(Delivery delivery, String reason) {
		return new Feed.Failure(Feed.Kind.REJECTED, delivery.attempt(), delay(delivery, null), reason);
	}

	Feed.Failure abandoned(Delivery delivery) {
		return new Feed.Failure(Feed.Kind.ABANDONED, delivery.attempt(), Duration.ZERO, null);
	}

	private Duration delay(Delivery delivery, @Nullable Duration asked) {
		return (asked != null) ? asked : this.backoff.delay(delivery.attempt());
	}

}
