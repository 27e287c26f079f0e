package io.pubsub.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.pubsub.transport.AddressRules;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Destination} for dead letters that always has the same result.
 */
final class FakeDestination implements Destination {

	private final PublishResult result;

	private final List<OutboundMessage> published = new ArrayList<>();

	private int maxBytes = Integer.MAX_VALUE;

	FakeDestination(PublishResult result) {
		this.result = result;
	}

	FakeDestination maxBytes(int maxBytes) {
		this.maxBytes = maxBytes;
		return this;
	}

	@Override
	public AddressRules rules() {
		return new MaxBytes(this.maxBytes);
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

	private record MaxBytes(int maxBytes) implements AddressRules {

		@Override
		public boolean isFifo(String address) {
			return false;
		}

		@Override
		public @Nullable String faultOfId(String id) {
			return null;
		}

		@Override
		public int maxAttributes() {
			return Integer.MAX_VALUE;
		}

		@Override
		public int maxBytes(String address) {
			return this.maxBytes;
		}

	}

}
