package io.pubsub.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.pubsub.Outcome;
import io.pubsub.schema.InvalidSchemaException;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.PublishResult;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DeadLetters}.
 */
class DeadLettersTests {

	@RegisterExtension
	private final DispatchFixture fixture = new DispatchFixture();

	@Test
	void refusesToMakeDeadLettersWithoutAPlaceForThem() {
		this.fixture.configure((builder) -> builder.unhandled(Unhandled.DEAD_LETTER));
		assertThatExceptionOfType(MissingDeadLettersException.class).isThrownBy(this.fixture::dispatcher)
			.withMessage("Unhandled messages are to be dead letters, but there is no place for them");
	}

	@Test
	void refusesToLimitDeadLettersWithoutAPlaceForThem() {
		this.fixture.configure((builder) -> builder.deadLetterLimit(new DeadLetterLimit(0.5, null)));
		assertThatExceptionOfType(MissingDeadLettersException.class).isThrownBy(this.fixture::dispatcher)
			.withMessage("Dead letters are limited, but there is no place for them");
	}

	@Test
	void sendsNoFourthDeadLetterOfAMessageThatComesBack() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.fixture.configure((builder) -> builder.deadLetters(new DeadLetters(destination, "dead", "orders")));
		Map<String, String> returned = Map.of(DeadLetters.DETAIL, "{\"source\":\"orders\",\"times\":3}");
		this.fixture.dispatcher()
			.receive(new TrackedDelivery(new InboundMessage("m-1", "no JSON", returned, null, null), 1,
					this.fixture.settler()));
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(destination.published()).isEmpty();
	}

	@Test
	void sendsAnInvalidMessageToTheDeadLetters() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.fixture.configure((builder) -> builder.deadLetters(new DeadLetters(destination, "dead")));
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting(" "));
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "ack");
		assertThat(destination.published()).singleElement().satisfies((letter) -> {
			assertThat(letter.address()).isEqualTo("dead");
			assertThat(letter.body()).isEqualTo(DispatchFixture.greeting(" "));
		});
		destination.assertLetter("invalid", "\"messageId\":\"m-1\"", "\"path\":\"text\"", "\"handler\":\"greeter\"");
	}

	@Test
	void makesNoDeadLetterForAFaultOfTheSchema() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.fixture.configure((builder) -> builder.deadLetters(new DeadLetters(destination, "dead")));
		this.fixture.handlers()
			.register(new Handler("greeter", DispatchFixture.GREETING, Callable.class,
					(content, context) -> Outcome.skipped(null)));
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		assertThat(this.fixture.outcome().cause()).isInstanceOf(InvalidSchemaException.class);
		assertThat(destination.published()).isEmpty();
	}

	@Test
	void sendsWhatHasNoHandlerToTheDeadLettersWhenToldSo() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.fixture.configure((builder) -> builder.unhandled(Unhandled.DEAD_LETTER)
			.deadLetters(new DeadLetters(destination, "dead")));
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.IGNORED, "ack");
		destination.assertLetter("unhandled", "m-1");
	}

	@Test
	void handsBackWhenTheDeadLetterCannotBeSent() {
		FakeDestination destination = new FakeDestination(
				PublishResult.failed(new IllegalStateException("no such queue")));
		this.fixture.configure((builder) -> builder.deadLetters(new DeadLetters(destination, "dead")));
		this.fixture.dispatch("{}");
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null");
	}

	@Test
	void handsBackWhatIsOverTheLimitOfDeadLetters() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.fixture.configure((builder) -> builder.deadLetters(new DeadLetters(destination, "dead"))
			.deadLetterLimit(new DeadLetterLimit(null, 1)));
		this.fixture.dispatch("{}");
		this.fixture.dispatch("{}");
		this.fixture.dispatch("{}");
		assertThat(this.fixture.settler().settlements()).containsExactly("ack", "nack null", "nack null");
		assertThat(destination.published()).hasSize(1);
	}

	@Test
	void startsARowOfDeadLettersAnewWithWhatIsAcknowledged() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.fixture.configure((builder) -> builder.deadLetters(new DeadLetters(destination, "dead"))
			.deadLetterLimit(new DeadLetterLimit(null, 1)));
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch("{}");
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.dispatch("{}");
		assertThat(destination.published()).hasSize(2);
	}

	@Test
	void doesNotCountALetterThatCannotBeSentAgainstTheLimit() {
		FakeDestination destination = new FakeDestination(
				PublishResult.failed(new IllegalStateException("no such queue")));
		this.fixture.configure((builder) -> builder.deadLetters(new DeadLetters(destination, "dead"))
			.deadLetterLimit(new DeadLetterLimit(null, 1)));
		this.fixture.dispatch("{}");
		this.fixture.dispatch("{}");
		this.fixture.dispatch("{}");
		assertThat(destination.published()).hasSize(3);
	}

	@Test
	void tellsItsListenersOfADeadLetter() {
		DeadLetterListener listener = new DeadLetterListener();
		this.fixture.configure((builder) -> builder.listeners(List.of(listener))
			.deadLetters(new DeadLetters(new FakeDestination(PublishResult.published("d-1")), "dead")));
		this.fixture.dispatch("{}");
		assertThat(listener.told).containsExactly("m-1 malformed null");
	}

	@Test
	void tellsItsListenersOfADeadLetterThatWasNotSent() {
		DeadLetterListener listener = new DeadLetterListener();
		Exception failure = new IllegalStateException("no such queue");
		this.fixture.configure((builder) -> builder.listeners(List.of(listener))
			.deadLetters(new DeadLetters(new FakeDestination(PublishResult.failed(failure)), "dead")));
		this.fixture.dispatch("{}");
		assertThat(listener.told).containsExactly("m-1 malformed " + failure);
	}

	@Test
	void handsBackWhatIsTooLargeForADeadLetter() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1")).maxBytes(100);
		this.fixture.configure((builder) -> builder.deadLetters(new DeadLetters(destination, "dead")));
		this.fixture.dispatch("x".repeat(100));
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(destination.published()).isEmpty();
	}

	@Test
	void makesNoDeadLetterOfAMessageWhoseHandlerFails() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.fixture.configure((builder) -> builder.deadLetters(new DeadLetters(destination, "dead")));
		this.fixture.handle((greeting, context) -> {
			throw new IllegalStateException("broken");
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(destination.published()).isEmpty();
	}

	private static final class DeadLetterListener implements OutcomeListener {

		private final List<String> told = new ArrayList<>();

		@Override
		public void onOutcome(DispatchResult result) {
		}

		@Override
		public void onDeadLetter(DispatchResult result, DeadLetterReason reason, @Nullable Throwable failure) {
			this.told.add(result.messageId() + " " + reason + " " + failure);
		}

	}

}
