package io.pubsub.publish;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.pubsub.Handles;
import io.pubsub.MessageContext;
import io.pubsub.MessageHandler;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;

/**
 * {@link MessageHandler} that takes batches apart and publishes each message to its own
 * topic.
 * <p>
 * If only some can be published, the others are sent on as a new batch, so that none is
 * published twice. If none can, or if the new batch cannot, the batch fails and is
 * delivered again. Safe for use by many threads.
 *
 * @since 0.1.0
 */
@Handles(BatchMessage.class)
public final class PublishBatchHandler implements MessageHandler<BatchMessage> {

	private final SnsProducer producer;

	/**
	 * Makes a handler.
	 * @param composer the composer of a batch of the rest
	 * @param destination the way out for messages; it must not relay
	 * @param mode the use that is made of the messages
	 * @throws NoTopicException if there is no topic for a batch of the rest
	 */
	public PublishBatchHandler(MessageComposer composer, Destination destination, ProducerMode mode) {
		this.producer = new SnsProducer(composer, destination, mode);
		composer.checkTopic(BatchMessage.class);
	}

	@Override
	public Outcome handle(BatchMessage batch, MessageContext context) {
		List<BatchMessage.Item> items = batch.messages();
		PublishReport report = publish(items);
		List<BatchMessage.Item> rest = new ArrayList<>();
		for (int i = 0; i < items.size(); i++) {
			PublishResult result = report.results().get(i);
			if (!result.isPublished()) {
				rest.add(items.get(i));
			}
		}
		if (rest.size() == items.size()) {
			report.orThrow();
		}
		else if (!rest.isEmpty()) {
			this.producer.produce(Message.of(new BatchMessage(rest)).with(timeToLive(context)));
		}
		return Outcome.succeeded();
	}

	// An item that is no message fails by itself.
	private PublishReport publish(List<BatchMessage.Item> items) {
		PublishResult[] results = new PublishResult[items.size()];
		List<OutboundMessage> messages = new ArrayList<>();
		List<Integer> places = new ArrayList<>();
		for (int place = 0; place < items.size(); place++) {
			try {
				messages.add(items.get(place).toOutbound());
				places.add(place);
			}
			catch (IllegalArgumentException ex) {
				results[place] = PublishResult.failed(ex);
			}
		}
		List<PublishResult> sent = this.producer.sendNow(messages);
		for (int i = 0; i < sent.size(); i++) {
			results[places.get(i)] = sent.get(i);
		}
		return new PublishReport(Arrays.asList(results));
	}

	// The rest gets smaller each time, so it cannot go round for ever: what it still may
	// pass through is not used up by that.
	private static OpaqueData timeToLive(MessageContext context) {
		Integer remaining = context.timeToLive();
		return (remaining != null) ? OpaqueData.none().with(OpaqueData.TIME_TO_LIVE, Integer.toString(remaining + 1))
				: OpaqueData.none();
	}

}
