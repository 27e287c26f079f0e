package io.pubsub.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;

/**
 * A {@link Destination} that remembers what it was given, and fails for the addresses
 * that it is told.
 */
final class RecordingDestination implements Destination {

	private final List<OutboundMessage> messages = new ArrayList<>();

	private final List<String> broken = new ArrayList<>();

	private int waits;

	@Override
	public synchronized CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> outbound) {
		List<PublishResult> results = new ArrayList<>();
		for (OutboundMessage message : outbound) {
			this.messages.add(message);
			results.add(this.broken.contains(message.address())
					? PublishResult.failed(new IllegalStateException("the topic is broken"))
					: PublishResult.published("id-" + this.messages.size()));
		}
		return CompletableFuture.completedFuture(results);
	}

	@Override
	public Destination waiting() {
		return (outbound) -> {
			this.waits++;
			return publish(outbound);
		};
	}

	int waits() {
		return this.waits;
	}

	void breakAddress(String address) {
		this.broken.add(address);
	}

	List<OutboundMessage> messages() {
		return this.messages;
	}

}
