package io.pubsub.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.pubsub.IgnoreMessageException;
import io.pubsub.NackException;
import io.pubsub.Outcome;
import io.pubsub.SkipMessageException;
import io.pubsub.transport.Settlement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Judgement}.
 */
class JudgementTests {

	@RegisterExtension
	private final DispatchFixture fixture = new DispatchFixture();

	@Test
	void acknowledgesWhatTheHandlerSkipped() {
		this.fixture.handle((greeting, context) -> {
			throw new SkipMessageException("not today");
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.SKIPPED, "ack");
		assertThat(this.fixture.outcome().reason()).isEqualTo("not today");
	}

	@Test
	void acknowledgesWhatTheHandlerIgnored() {
		this.fixture.handle((greeting, context) -> {
			throw new IgnoreMessageException("not for us");
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.IGNORED, "ack");
	}

	@Test
	void handsBackWithTheDelayThatTheHandlerAsksFor() {
		this.fixture.handle((greeting, context) -> {
			throw new NackException(Duration.ofSeconds(3), "too early");
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.RETRIED, "nack PT3S");
	}

	@Test
	void handsBackAtOnceWhenTheHandlerAsksForIt() {
		this.fixture.handle((greeting, context) -> Outcome.retry(Duration.ZERO, "once more"));
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.RETRIED, "nack PT0S");
	}

	@Test
	void handsBackToThePolicyWhenTheHandlerFails() {
		this.fixture.handle((greeting, context) -> {
			throw new IllegalStateException("broken");
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(this.fixture.outcome().reason()).isEqualTo("IllegalStateException");
	}

	@Test
	void survivesAnErrorOfTheHandler() {
		this.fixture.handle((greeting, context) -> {
			throw new StackOverflowError();
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null");
	}

	@Test
	void acknowledgesWhatTheHandlerDid() {
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.SUCCEEDED, "ack");
	}

	@Test
	void handsBackWhatHasNoHandlerWhenToldSo() {
		this.fixture.configure((builder) -> builder.unhandled(Unhandled.NACK));
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.IGNORED, "nack PT2S");
		assertThat(this.fixture.warnings()).first().asString().contains("are handed back", "a queue of its own");
	}

	@ParameterizedTest
	@CsvSource({ "1, nack PT2S", "2, nack PT4S", "9, nack PT8M32S", "10, nack PT15M", "2147483647, nack PT15M" })
	void waitsLongerEachTimeThatWhatHasNoHandlerComesAgain(int attempt, String settlement) {
		this.fixture.configure((builder) -> builder.unhandled(Unhandled.NACK));
		this.fixture.dispatch(DispatchFixture.greeting("hello"), attempt);
		this.fixture.assertOutcome(Outcome.Kind.IGNORED, settlement);
	}

	@Test
	void acknowledgesWhatTheHandlerIgnoresEvenWhenUnhandledIsHandedBack() {
		this.fixture.configure((builder) -> builder.unhandled(Unhandled.NACK));
		this.fixture.handle((greeting, context) -> Outcome.ignored("not for us"));
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.IGNORED, "ack");
	}

	@Test
	void failsAMessageWhoseRequestToComeAgainCannotBeRead() {
		this.fixture.handle((greeting, context) -> {
			throw new SpeechlessNack();
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(this.fixture.outcome().reason()).isEqualTo("SpeechlessNack");
	}

	@Test
	void tellsItsListenersOfTheSettlementAfterTheOutcome() {
		SettlementListener listener = new SettlementListener();
		this.fixture.configure((builder) -> builder.listeners(List.of(listener)));
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		assertThat(listener.told).containsExactly("IGNORED", "ACKED");
	}

	@Test
	void warnsWhenAnAcknowledgementCannotBeCarriedOut() {
		SettlementListener listener = new SettlementListener();
		this.fixture.configure((builder) -> builder.listeners(List.of(listener)));
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.settler().settleAs(Settlement.LOST);
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		assertThat(this.fixture.warnings()).singleElement()
			.asString()
			.contains("Message m-1 was SUCCEEDED", "it will be delivered again");
		assertThat(listener.told).containsExactly("SUCCEEDED", "LOST");
	}

	@Test
	void survivesAListenerThatFails() {
		this.fixture.configure((builder) -> builder.listeners(List.of((result) -> {
			throw new IllegalStateException("broken");
		})));
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		assertThat(this.fixture.settler().settlements()).containsExactly("ack");
	}

	private static final class SpeechlessNack extends NackException {

		SpeechlessNack() {
			super(null, "");
		}

		@Override
		public Duration delay() {
			throw new IllegalStateException("no words");
		}

	}

	private static final class SettlementListener implements OutcomeListener {

		private final List<String> told = new ArrayList<>();

		@Override
		public void onOutcome(DispatchResult result) {
			this.told.add(result.outcome().kind().name());
		}

		@Override
		public void onSettled(DispatchResult result, Settlement settlement) {
			this.told.add(settlement.name());
		}

	}

}
