package io.pubsub.autoconfigure.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.pubsub.transport.AddressRules;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;

/**
 * {@link Destination} that publishes to one of two, whatever the address is of.
 *
 * @param others the destination of all other addresses
 * @param special the destination of certain addresses
 * @param addresses tells which addresses these are
 */
public record RoutedDestination(Destination others, Destination special,
		Predicate<String> addresses) implements Destination {

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		List<OutboundMessage> specials = messages.stream().filter(this::isSpecial).toList();
		if (specials.isEmpty() || specials.size() == messages.size()) {
			return (specials.isEmpty() ? this.others : this.special).publish(messages);
		}
		List<OutboundMessage> rest = messages.stream().filter((message) -> !isSpecial(message)).toList();
		return this.special.publish(specials)
			.thenCombine(this.others.publish(rest), (ofSpecial, ofRest) -> merge(messages, ofSpecial, ofRest));
	}

	private boolean isSpecial(OutboundMessage message) {
		return this.addresses.test(message.address());
	}

	private List<PublishResult> merge(List<OutboundMessage> messages, List<PublishResult> ofSpecial,
			List<PublishResult> ofRest) {
		List<PublishResult> merged = new ArrayList<>(messages.size());
		int stream = 0;
		for (OutboundMessage message : messages) {
			merged.add(isSpecial(message) ? ofSpecial.get(stream++) : ofRest.get(merged.size() - stream));
		}
		return merged;
	}

	@Override
	public AddressRules rules() {
		return this.others.rules();
	}

}
