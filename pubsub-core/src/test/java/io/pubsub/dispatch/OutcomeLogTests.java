package io.pubsub.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import io.pubsub.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link OutcomeLog}.
 */
class OutcomeLogTests {

	@RegisterExtension
	private final DispatchFixture fixture = new DispatchFixture();

	@Test
	void logsTheStackTraceOfAFailure() {
		this.fixture.handle((greeting, context) -> {
			throw new IllegalStateException("broken");
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		assertThat(this.fixture.log()).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getThrowableProxy().getMessage()).isEqualTo("broken");
		});
	}

	@Test
	void logsOneLineWithoutTheContent() {
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting("secret"));
		assertThat(this.fixture.log()).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.INFO);
			assertThat(event.getFormattedMessage())
				.startsWith("SUCCEEDED " + DispatchFixture.GREETING + " [message m-1, attempt 1, greeter,")
				.doesNotContain("secret");
		});
	}

	@Test
	void namesThePipelineOfAMessageThatIsForNoneOfItsSteps() {
		new OutcomeLog().write(new DispatchResult("words", "m-1", 1, null, null, Outcome.ignored("no handler"), null,
				Duration.ofMillis(3)));
		assertThat(this.fixture.log()).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage())
				.isEqualTo("IGNORED (no media type) [message m-1, attempt 1, words, 3 ms]: no handler"));
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, again at once", "PT1S, again in 1s", "PT15M, again in 15m", "PT0.25S, again in 0.25s" })
	void logsWhenTheHandlerWantsItAgain(Duration delay, String text) {
		this.fixture.handle((greeting, context) -> Outcome.retry(delay, "too early"));
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		assertThat(this.fixture.log()).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage()).endsWith("]: too early, " + text));
	}

	@Test
	void tellsAndLogsAnExceptionThatCannotSayWhatItIs() {
		this.fixture.handle((greeting, context) -> {
			throw new SpeechlessException();
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(this.fixture.warnings()).singleElement().asString().contains("SpeechlessException");
	}

	@Test
	void logsTheOutcomeWithTheFieldsOfTheMessage() {
		this.fixture.configure((builder) -> builder.loggedKeys("x-request-id"::equals));
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting("hello", "x-request-id", "request-1"));
		assertThat(this.fixture.log()).singleElement()
			.satisfies((event) -> assertThat(event.getMDCPropertyMap()).containsOnly(
					entry("message_id", this.fixture.results().get(0).messageId()),
					entry("media_type", DispatchFixture.GREETING.value()), entry("handler", "greeter"),
					entry("x-request-id", "request-1")));
		assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
	}

	@Test
	void logsAMalformedMessageWithItsId() {
		this.fixture.dispatch("not json");
		assertThat(this.fixture.log()).singleElement()
			.satisfies((event) -> assertThat(event.getMDCPropertyMap())
				.containsOnly(entry("message_id", this.fixture.results().get(0).messageId())));
	}

	@Test
	void logsNoOpaqueDataUnlessToldSo() {
		List<String> seen = new ArrayList<>();
		this.fixture.handle((greeting, context) -> {
			seen.addAll(MDC.getCopyOfContextMap().keySet());
			return Outcome.succeeded();
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello", "x-request-id", "request-1"));
		assertThat(seen).containsExactlyInAnyOrder("message_id", "media_type", "handler");
	}

	private static final class SpeechlessException extends RuntimeException {

		@Override
		public String getMessage() {
			throw new IllegalStateException("no words");
		}

	}

}
