package io.pubsub.aws.batch;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.pubsub.transport.AddressRules;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;

/**
 * {@link Destination} that packs messages into few calls of a broker, by count and by
 * bytes, and sends again only those that failed.
 * <p>
 * Several calls are under way at a time, started about in the order of the list. To a
 * FIFO address they go one after the other, and when a message cannot be sent, the later
 * ones of its group are not sent either. A single message is sent by itself. Safe for use
 * by many threads.
 *
 * @since 0.1.0
 */
public final class BatchSender implements Destination {

	private final Calls calls;

	private final EntryRules rules;

	/**
	 * Makes a sender.
	 * @param call the request of the broker
	 * @param timer the timer of the calls
	 * @param rules the rules for the messages
	 * @param callsInFlight the number of calls that are under way at a time
	 */
	public BatchSender(SendCall call, CallTimer timer, EntryRules rules, int callsInFlight) {
		this.calls = new Calls(call, timer, new InFlightLimit(callsInFlight));
		this.rules = rules;
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		return (messages.size() == 1) ? publish(messages.get(0)).thenApply(List::of)
				: new Sending(this.calls, this.rules, List.copyOf(messages)).start();
	}

	private CompletableFuture<PublishResult> publish(OutboundMessage message) {
		Exception fault = this.rules.faultOf(message);
		return (fault != null) ? CompletableFuture.completedFuture(PublishResult.refused(fault)) : send(message, 1);
	}

	private CompletableFuture<PublishResult> send(OutboundMessage message, int attempt) {
		return this.calls.send(message)
			.thenCompose((answer) -> Calls.isWorthRetrying(answer, attempt)
					? this.calls.pause(attempt).thenCompose((nothing) -> send(message, attempt + 1))
					: CompletableFuture.completedFuture(answer.result()));
	}

	@Override
	public AddressRules rules() {
		return this.rules;
	}

}
