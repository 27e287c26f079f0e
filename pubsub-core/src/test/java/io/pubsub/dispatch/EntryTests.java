package io.pubsub.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.pubsub.MediaType;
import io.pubsub.NackException;
import io.pubsub.Outcome;
import io.pubsub.schema.UntrustedMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Entry}.
 */
class EntryTests {

	@RegisterExtension
	private final DispatchFixture fixture = new DispatchFixture();

	@Test
	void failsAMessageThatIsNotJson() {
		this.fixture.dispatch("this is secret");
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(this.fixture.outcome().reason()).isEqualTo("malformed");
		assertThat(this.fixture.log()).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage()).doesNotContain("secret"));
	}

	@Test
	void failsAMessageWithoutMediaType() {
		this.fixture.dispatch("{}");
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(this.fixture.outcome().reason()).isEqualTo("malformed");
	}

	@Test
	void failsAMessageThatIsNotTrustedWithoutCallingTheHandler() {
		this.fixture.configure((builder) -> builder.maxAttempts(1));
		this.fixture.open((message) -> {
			throw new UntrustedMessageException("a bad signature");
		});
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(this.fixture.outcome().reason()).isEqualTo("untrusted");
	}

	@Test
	void countsNoAttemptWhenAMessageCannotBeOpenedYet() {
		this.fixture.configure((builder) -> builder.maxAttempts(1));
		this.fixture.open((message) -> {
			throw new NackException(Duration.ZERO, "not yet");
		});
		this.fixture.assertOutcome(Outcome.Kind.RETRIED, "release PT0S");
	}

	@Test
	void failsAMessageThatViolatesItsSchemaWithoutCallingTheHandler() {
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting(" "));
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(this.fixture.outcome().reason()).isEqualTo("invalid");
		assertThat(this.fixture.log()).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage())
				.contains(DispatchFixture.Greeting.class.getName(), "text"));
	}

	@Test
	void ignoresAMediaTypeWithoutHandlerAndWarnsOnce() {
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.IGNORED, "ack");
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		assertThat(this.fixture.log()).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.DEBUG);
	}

	@Test
	void findsTheHandlerOfAPattern() {
		this.fixture.handle(new MediaType("application/vnd.example.*"), (greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.SUCCEEDED, "ack");
	}

	@Test
	void expiresAMessageWhoseTimeToLiveIsUsedUp() {
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting("hello", "x-request-ttl", "1"), 1);
		this.fixture.assertOutcome(Outcome.Kind.EXPIRED, "ack");
	}

	@Test
	void countsTheTimeToLiveDown() {
		List<Object> seen = new ArrayList<>();
		this.fixture.handle((greeting, context) -> {
			seen.addAll(List.of(context.timeToLive(), context.get("x-request-ttl")));
			return Outcome.succeeded();
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello", "X-Request-TTL", "10"), 1);
		assertThat(seen).containsExactly(9, "9");
	}

	@Test
	void givesATimeToLiveToAMessageWithoutOne() {
		List<Object> seen = new ArrayList<>();
		this.fixture.handle((greeting, context) -> {
			seen.add(context.timeToLive());
			return Outcome.succeeded();
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		assertThat(seen).containsExactly(31);
	}

	@Test
	void heedsATimeToLiveThatIsUsedUpEvenWhenItIsNotCounted() {
		this.fixture.configure((builder) -> builder.timeToLive(new TimeToLive(false, 32)));
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting("hello", "x-request-ttl", "0"), 1);
		this.fixture.dispatch(DispatchFixture.greeting("hello", "x-request-ttl", "1"), 1);
		assertThat(this.fixture.results()).extracting((result) -> result.outcome().kind())
			.containsExactly(Outcome.Kind.EXPIRED, Outcome.Kind.SUCCEEDED);
	}

	@Test
	void readsWhenTheMessageWasPublished() {
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting("hello", "X-Request-Published", "1795348334.5"), 1);
		assertThat(this.fixture.results().get(0).context().publishedAt()).hasToString("2026-11-22T11:52:14.500Z");
	}

	@Test
	void disregardsATimeOfPublishingThatCannotBeRead() {
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting("hello", "x-request-published", "yesterday"), 1);
		this.fixture.assertOutcome(Outcome.Kind.SUCCEEDED, "ack");
		assertThat(this.fixture.results().get(0).context().publishedAt()).isNull();
	}

}
