package io.pubsub.aws.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.pubsub.transport.OutboundMessage;

/**
 * A {@link SendCall} that remembers its batches. A message whose body begins with
 * {@code refused} is refused for good, one with {@code busy} once.
 */
final class FakeCall implements SendCall {

	private final List<List<String>> batches = new ArrayList<>();

	private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

	private final Set<String> wereBusy = ConcurrentHashMap.newKeySet();

	private boolean held;

	@Override
	public synchronized CompletableFuture<List<SendAnswer>> send(String address, List<OutboundMessage> messages) {
		if (address.startsWith("broken")) {
			return CompletableFuture.failedFuture(new IllegalStateException("the call failed"));
		}
		this.batches.add(messages.stream().map(OutboundMessage::body).toList());
		CompletableFuture<Void> gate = new CompletableFuture<>();
		this.waiting.add(gate);
		if (!this.held) {
			gate.complete(null);
		}
		return gate.thenApply((nothing) -> messages.stream().map(this::answer).toList());
	}

	private SendAnswer answer(OutboundMessage message) {
		String body = message.body();
		if (body.startsWith("refused")) {
			return SendAnswer.failed(new IllegalStateException("refused"), false);
		}
		if (body.startsWith("never") || (body.startsWith("busy") && this.wereBusy.add(body))) {
			return SendAnswer.failed(new IllegalStateException("busy"), true);
		}
		return SendAnswer.published("id of " + body);
	}

	synchronized void hold() {
		this.held = true;
	}

	void release() {
		List<CompletableFuture<Void>> gates;
		synchronized (this) {
			this.held = false;
			gates = List.copyOf(this.waiting);
		}
		gates.forEach((gate) -> gate.complete(null));
	}

	synchronized List<List<String>> batches() {
		return List.copyOf(this.batches);
	}

}
