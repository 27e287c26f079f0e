package io.pubsub.publish;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import io.pubsub.schema.Envelope;
import io.pubsub.transport.AddressRules;
import io.pubsub.transport.Destination;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link Destination} that sends several messages as one {@link BatchMessage}, for a peer
 * to publish each to its own topic. The id of each of them is that of the batch.
 * <p>
 * A batch has at most 100 messages and no more bytes than a topic takes. A message that
 * is alone travels as it is, and so does one with a group or a deduplication id, for
 * which a batch has no place. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class BatchRelay implements Destination {

	private static final int MAX_MESSAGES = 100;

	private static final String STRING = "String";

	private final Destination destination;

	private final MessageComposer composer;

	private final AddressRules rules;

	private final Envelope envelope = Envelope.naive(JsonMapper.shared());

	/**
	 * Makes a relay.
	 * @param destination the way out for batches
	 * @param composer the composer of the batches
	 * @param rules the rules of the topic of batches
	 * @throws NoTopicException if there is no topic for batches
	 */
	public BatchRelay(Destination destination, MessageComposer composer, AddressRules rules) {
		this.destination = destination;
		this.composer = composer;
		this.rules = rules;
		composer.checkTopic(BatchMessage.class);
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		PublishResult[] results = new PublishResult[messages.size()];
		List<Parcel> parcels = new ArrayList<>();
		List<Integer> relayed = new ArrayList<>();
		for (int place = 0; place < messages.size(); place++) {
			OutboundMessage message = messages.get(place);
			if (message.groupId() != null || message.deduplicationId() != null) {
				parcels.add(new Parcel(message, List.of(place)));
			}
			else {
				relayed.add(place);
			}
		}
		for (int from = 0; from < relayed.size(); from += MAX_MESSAGES) {
			List<Integer> places = relayed.subList(from, Math.min(from + MAX_MESSAGES, relayed.size()));
			pack(messages, places, parcels, results);
		}
		return this.destination.publish(parcels.stream().map(Parcel::content).toList())
			.thenApply((answers) -> distribute(parcels, answers, results));
	}

	private void pack(List<OutboundMessage> messages, List<Integer> places, List<Parcel> parcels,
			PublishResult[] results) {
		if (places.size() == 1) {
			parcels.add(new Parcel(messages.get(places.get(0)), places));
			return;
		}
		OutboundMessage batch;
		try {
			batch = this.composer.compose(Message.of(new BatchMessage(items(messages, places))));
		}
		catch (RuntimeException ex) {
			places.forEach((place) -> results[place] = PublishResult.failed(ex));
			return;
		}
		if (batch.sizeInBytes() <= this.rules.maxBytes(batch.address())) {
			parcels.add(new Parcel(batch, places));
			return;
		}
		int half = places.size() / 2;
		pack(messages, places.subList(0, half), parcels, results);
		pack(messages, places.subList(half, places.size()), parcels, results);
	}

	private List<BatchMessage.Item> items(List<OutboundMessage> messages, List<Integer> places) {
		return places.stream().map((place) -> item(messages.get(place))).toList();
	}

	private BatchMessage.Item item(OutboundMessage message) {
		Map<String, String> opaqueData = this.envelope.open(new InboundMessage("relayed", message.body()))
			.opaqueData()
			.asMap();
		Map<String, BatchMessage.Attribute> attributes = message.attributes()
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					(entry) -> new BatchMessage.Attribute(STRING, entry.getValue())));
		return new BatchMessage.Item(message.mediaType().value(), message.body(), message.address(),
				Map.copyOf(opaqueData), attributes);
	}

	private static List<PublishResult> distribute(List<Parcel> parcels, List<PublishResult> answers,
			PublishResult[] results) {
		for (int i = 0; i < parcels.size(); i++) {
			PublishResult answer = answers.get(i);
			parcels.get(i).places().forEach((place) -> results[place] = answer);
		}
		return Arrays.asList(results);
	}

	private record Parcel(OutboundMessage content, List<Integer> places) {

	}

}
