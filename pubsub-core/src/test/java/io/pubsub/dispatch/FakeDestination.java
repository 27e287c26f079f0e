package io.pubsub.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Destination} for dead letters that always has the same result.
 */
final class FakeDestination implements Destination {

	private final PublishResult result;

	private final List<OutboundMessage> published = new ArrayList<>();

	FakeDestination(PublishResult result) {
		this.result = result;
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		this.published.addAll(messages);
		return CompletableFuture.completedFuture(List.of(this.result));
	}

	List<OutboundMessage> published() {
		return this.published;
	}

	void assertLetter(String reason, String... detail) {
		assertThat(this.published).singleElement()
			.satisfies((letter) -> assertThat(letter.attributes()).containsEntry(DeadLetters.REASON, reason)
				.hasEntrySatisfying(DeadLetters.DETAIL, (json) -> assertThat(json).contains(detail)));
	}

}
