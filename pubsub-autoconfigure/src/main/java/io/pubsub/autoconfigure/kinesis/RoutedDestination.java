package io.pubsub.autoconfigure.kinesis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.transport.AddressRules;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;

/**
 * {@link Destination} that publishes to streams or to another one, whatever the address
 * is of.
 *
 * @param others the destination of all other addresses
 * @param streams the destination of streams
 */
record RoutedDestination(Destination others, Destination streams) implements Destination {

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		List<OutboundMessage> toStreams = messages.stream().filter(RoutedDestination::isForStream).toList();
		if (toStreams.isEmpty() || toStreams.size() == messages.size()) {
			return (toStreams.isEmpty() ? this.others : this.streams).publish(messages);
		}
		List<OutboundMessage> rest = messages.stream().filter((message) -> !isForStream(message)).toList();
		return this.streams.publish(toStreams)
			.thenCombine(this.others.publish(rest), (ofStreams, ofRest) -> merge(messages, ofStreams, ofRest));
	}

	private static boolean isForStream(OutboundMessage message) {
		return InputAddress.isStream(message.address());
	}

	private static List<PublishResult> merge(List<OutboundMessage> messages, List<PublishResult> ofStreams,
			List<PublishResult> ofRest) {
		List<PublishResult> merged = new ArrayList<>(messages.size());
		int stream = 0;
		for (OutboundMessage message : messages) {
			merged.add(isForStream(message) ? ofStreams.get(stream++) : ofRest.get(merged.size() - stream));
		}
		return merged;
	}

	@Override
	public AddressRules rules() {
		return this.others.rules();
	}

}
