package io.pubsub.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.pubsub.Outcome;
import io.pubsub.transport.Destination;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.TrackedDelivery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MessageDispatcher}.
 */
class MessageDispatcherTests {

	@RegisterExtension
	private final DispatchFixture fixture = new DispatchFixture();

	@Test
	void passesTheValidatedContentAndItsContext() {
		List<Object> seen = new ArrayList<>();
		this.fixture.handle((greeting, context) -> {
			seen.addAll(List.of(greeting, context.messageId(), context.attempt(), context.get("X-REQUEST-ID")));
			return Outcome.succeeded();
		});
		this.fixture.dispatch("""
				{"mediaType": "%s", "opaqueData": {"x-request-id": "r-1"}, "text": "hello"}"""
			.formatted(DispatchFixture.GREETING), 2);
		assertThat(seen).containsExactly(new DispatchFixture.Greeting("hello"), "m-1", 2, "r-1");
	}

	@Test
	void tellsTheHandlerTheGroupOfTheMessage() {
		List<String> groups = new ArrayList<>();
		this.fixture.handle((greeting, context) -> {
			groups.add(String.valueOf(context.groupId()));
			return Outcome.succeeded();
		});
		InboundMessage message = new InboundMessage("m-1", DispatchFixture.greeting("hello"), Map.of(), "tenant-1",
				null);
		this.fixture.dispatcher().receive(new TrackedDelivery(message, 1, this.fixture.settler()));
		assertThat(groups).containsExactly("tenant-1");
	}

	@Test
	void handsBackWhatIsLeftUnsettledBySomethingUnforeseen() {
		Destination broken = (messages) -> {
			throw new IllegalStateException("broken");
		};
		this.fixture.configure((builder) -> builder.deadLetters(new DeadLetters(broken, "dead")));
		this.fixture.dispatch("{}");
		assertThat(this.fixture.settler().settlements()).containsExactly("nack null");
	}

	@Test
	void leavesADeliveryAloneThatWasTakenBack() {
		TrackedDelivery delivery = this.fixture.settler().delivery(DispatchFixture.greeting("hello"), 1);
		delivery.takeBack();
		this.fixture.dispatcher().receive(delivery);
		assertThat(this.fixture.results()).isEmpty();
		assertThat(this.fixture.settler().settlements()).isEmpty();
	}

}
