package io.pubsub.aws.lambda;

import java.time.Duration;

import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;

/**
 * Leaves it to Lambda, which goes by the report of the handler, to carry out how a
 * delivery was settled.
 */
final class RecordSettler implements TrackedDelivery.Settler {

	@Override
	public void ack(TrackedDelivery delivery) {
		delivery.complete(Settlement.ACKED);
	}

	@Override
	public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
		delivery.complete(Settlement.NACKED);
	}

}
