package io.pubsub.aws.batch;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.pubsub.transport.OutboundMessage;

/**
 * A request of the broker that takes up to ten messages for one address.
 */
@FunctionalInterface
public interface SendCall {

	/**
	 * Sends the request.
	 * @param address the address
	 * @param messages at least one message and at most ten
	 * @return an answer for each message, in their order; fails if the call as a whole
	 * did, with an exception that says what to do
	 */
	CompletableFuture<List<SendAnswer>> send(String address, List<OutboundMessage> messages);

}
