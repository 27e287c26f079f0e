package io.pubsub.aws.batch;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;

import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;

/**
 * {@link Destination} that packs messages into few calls of a broker, by count and by
 * bytes, and sends again only those that failed.
 * <p>
 * Several calls are under way at a time, started about in the order of the list. To a
 * FIFO address they go one after the other, and when a message cannot be sent, the later
 * ones of its group are not sent either. Safe for use by many threads.
 */
public final class BatchSender implements Destination {

	private final SendCall call;

	private final ToIntFunction<String> maxBytes;

	private final InFlightLimit limit;

	/**
	 * Makes a sender.
	 * @param call the request of the broker
	 * @param maxBytes how many bytes an address takes, in a message and in a request
	 * @param callsInFlight how many calls are under way at a time
	 */
	public BatchSender(SendCall call, ToIntFunction<String> maxBytes, int callsInFlight) {
		this.call = call;
		this.maxBytes = maxBytes;
		this.limit = new InFlightLimit(callsInFlight);
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		return new Sending(this.call, this.maxBytes, this.limit, List.copyOf(messages)).start();
	}

}
