package io.pubsub.aws.s3;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.pubsub.transport.AddressRules;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;

/**
 * {@link Destination} by other rules.
 *
 * @param destination the destination of all messages
 * @param rules the rules
 */
record LimitedDestination(Destination destination, AddressRules rules) implements Destination {

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		return this.destination.publish(messages);
	}

}
