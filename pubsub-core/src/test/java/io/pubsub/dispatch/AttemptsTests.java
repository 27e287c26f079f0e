package io.pubsub.dispatch;

import java.time.Duration;
import java.util.List;

import io.pubsub.NackException;
import io.pubsub.Outcome;
import io.pubsub.idempotency.Expiry;
import io.pubsub.idempotency.IdempotencyKeys;
import io.pubsub.idempotency.IdempotentHandling;
import io.pubsub.idempotency.InMemoryIdempotencyStore;
import io.pubsub.publish.PublishScopes;
import io.pubsub.publish.PublishTransactions;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.PublishResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Attempts}.
 */
class AttemptsTests {

	@RegisterExtension
	private final DispatchFixture fixture = new DispatchFixture();

	@Test
	void handsBackAMessageOverTheLimitOfAttemptsWithoutHandlingIt() {
		this.fixture.configure((builder) -> builder.maxAttempts(1));
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting("hello"), 2);
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(this.fixture.outcome().reason()).isEqualTo("attempts");
	}

	@Test
	void handlesAMessageAtItsLastAttempt() {
		this.fixture.configure((builder) -> builder.maxAttempts(2));
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting("hello"), 2);
		this.fixture.assertOutcome(Outcome.Kind.SUCCEEDED, "ack");
	}

	@Test
	void skipsAMessageThatWasDoneAtItsLastAttemptAndComesAgain() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.fixture.configure((builder) -> builder.maxAttempts(2)
			.deadLetters(new DeadLetters(destination, "dead"))
			.interceptors(List.of(idempotency())));
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting("hello"), 2);
		this.fixture.dispatch(DispatchFixture.greeting("hello"), 3);
		assertThat(this.fixture.results()).extracting((result) -> result.outcome().kind())
			.containsExactly(Outcome.Kind.SUCCEEDED, Outcome.Kind.SKIPPED);
		assertThat(destination.published()).isEmpty();
	}

	@Test
	void givesUpAMessageOverTheLimitOfAttemptsThatWasNotDone() {
		this.fixture.configure((builder) -> builder.maxAttempts(1).interceptors(List.of(idempotency())));
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting("hello"), 2);
		this.fixture.dispatch(DispatchFixture.greeting("hello"), 3);
		assertThat(this.fixture.results()).extracting((result) -> result.outcome().reason())
			.containsExactly("attempts", "attempts");
	}

	@Test
	void handsBackAMessageOverTheLimitOfAttemptsThatHasNoHandler() {
		this.fixture.configure((builder) -> builder.maxAttempts(1));
		this.fixture.dispatch(DispatchFixture.greeting("hello"), 2);
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(this.fixture.outcome().reason()).isEqualTo("attempts");
	}

	@Test
	void sendsAMessageOverTheLimitOfAttemptsToTheDeadLetters() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.fixture.configure((builder) -> builder.maxAttempts(1).deadLetters(new DeadLetters(destination, "dead")));
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting("hello"), 2);
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "ack");
		destination.assertLetter("attempts", "\"attempt\":2", "\"handler\":\"greeter\"");
	}

	@Test
	void sendsAMessageWhoseHandlerFailsAtTheLastAttemptToTheDeadLettersAtOnce() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.fixture.configure((builder) -> builder.maxAttempts(3).deadLetters(new DeadLetters(destination, "dead")));
		this.fixture.handle((greeting, context) -> {
			throw new IllegalStateException("no room for hello");
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"), 3);
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "ack");
		assertThat(this.fixture.outcome().reason()).isEqualTo("IllegalStateException");
		destination.assertLetter("attempts", "\"exception\":\"java.lang.IllegalStateException\"",
				"\"handler\":\"greeter\"");
		assertThat(destination.published().get(0).attributes().get(DeadLetters.DETAIL)).doesNotContain("no room");
	}

	@Test
	void failsAMessageWhoseHandlerAsksForAnotherDeliveryAfterTheLast() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.fixture.configure((builder) -> builder.maxAttempts(3).deadLetters(new DeadLetters(destination, "dead")));
		this.fixture.handle((greeting, context) -> Outcome.retry(Duration.ofHours(1), "too early"));
		this.fixture.dispatch(DispatchFixture.greeting("hello"), 3);
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "ack");
		assertThat(this.fixture.outcome().reason()).isEqualTo("too early");
		destination.assertLetter("attempts", "greeter", "\"lastReason\":\"too early\"");
	}

	@Test
	void countsNoAttemptWhileSomebodyElseHandlesTheMessage() {
		this.fixture.configure((builder) -> builder.maxAttempts(1)
			.interceptors(List.of((invocation) -> Outcome.untried(Duration.ofMinutes(5), "busy"))));
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.RETRIED, "release PT5M");
	}

	@Test
	void countsAnAttemptWhateverReasonTheHandlerGives() {
		this.fixture.configure((builder) -> builder.maxAttempts(1)
			.deadLetters(new DeadLetters(new FakeDestination(PublishResult.published("d-1")), "dead")));
		this.fixture.handle((greeting, context) -> {
			throw new NackException(Duration.ofSeconds(3), "in-progress");
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "ack");
	}

	private static DispatchInterceptor idempotency() {
		Expiry expiry = new Expiry(Duration.ofMinutes(5), Duration.ofDays(4));
		return new IdempotentHandling(new InMemoryIdempotencyStore(expiry, 10, Timekeeper.system("test-timer")),
				IdempotencyKeys.standard(), new PublishScopes(PublishTransactions.none()));
	}

}
