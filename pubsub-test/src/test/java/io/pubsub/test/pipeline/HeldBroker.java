package io.pubsub.test.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.MediaType;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages, and confirms them when it is told to, or refuses all.
 */
final class HeldBroker implements Destination {

	private final List<String> bodies = new CopyOnWriteArrayList<>();

	private final Queue<CompletableFuture<List<PublishResult>>> results = new ConcurrentLinkedQueue<>();

	private volatile boolean open;

	private volatile boolean down;

	static OutboundMessage message(String body, @Nullable String group) {
		return new OutboundMessage("letters", new MediaType("application/vnd.test.letter"), body, Map.of(), group,
				null);
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		CompletableFuture<List<PublishResult>> result = new CompletableFuture<>();
		messages.forEach((message) -> this.bodies.add(message.body()));
		if (this.down) {
			result.complete(List.of(PublishResult.failed(new IllegalStateException("expected"))));
			return result;
		}
		this.results.add(result);
		if (this.open) {
			confirmHeld();
		}
		return result;
	}

	List<String> bodies() {
		return List.copyOf(this.bodies);
	}

	/**
	 * Refuses all that will come.
	 */
	void refuseAll() {
		this.down = true;
	}

	/**
	 * Confirms the oldest.
	 */
	void confirm() {
		this.results.remove().complete(List.of(PublishResult.published("id")));
	}

	/**
	 * Confirms all that have come and will come.
	 */
	void confirmAll() {
		this.open = true;
		confirmHeld();
	}

	private void confirmHeld() {
		CompletableFuture<List<PublishResult>> held = this.results.poll();
		while (held != null) {
			held.complete(List.of(PublishResult.published("id")));
			held = this.results.poll();
		}
	}

}
