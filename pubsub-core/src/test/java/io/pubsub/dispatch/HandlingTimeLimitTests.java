package io.pubsub.dispatch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

import io.pubsub.Outcome;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandlingTimeLimit}.
 */
class HandlingTimeLimitTests {

	@RegisterExtension
	private final DispatchFixture fixture = new DispatchFixture();

	@Test
	void interruptsAHandlerThatTakesTooLong() {
		limit();
		this.fixture.handle((greeting, context) -> {
			new CountDownLatch(1).await();
			return Outcome.succeeded();
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(this.fixture.outcome().reason()).isEqualTo("timeout");
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void whenAHandlerReturnsAllTheSameAfterItsTimeFailsTheMessage() {
		limit();
		this.fixture.handle((greeting, context) -> {
			spinUntil(() -> Thread.currentThread().isInterrupted());
			return Outcome.succeeded();
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		assertThat(this.fixture.outcome().reason()).isEqualTo("timeout");
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void warnsWhenAHandlerTakesTooLong() {
		limit();
		this.fixture.handle((greeting, context) -> {
			new CountDownLatch(1).await();
			return Outcome.succeeded();
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.fixture.warnings())
				.contains("Message m-1 takes greeter longer than 0.02s: the handler is interrupted"));
	}

	@Test
	void whenAHandlerIgnoresTheInterruptHandsItsMessageBackAndSettlesNothingElse() {
		// Long enough for the handler to have begun.
		this.fixture.configure(
				(builder) -> builder.timekeeper(this.fixture.timekeeper()).maxHandlingTime(Duration.ofSeconds(1)));
		this.fixture.handle((greeting, context) -> {
			spinUntil(context::isLost);
			return Outcome.succeeded();
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		Awaitility.await().untilAsserted(() -> this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null"));
		assertThat(this.fixture.outcome().reason()).isEqualTo("timeout");
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.fixture.warnings())
				.contains("greeter ignores the interrupt: message m-1 is given up"
						+ " after 1s more and handed back; what the handler still makes of it is refused"));
	}

	private void limit() {
		this.fixture.configure(
				(builder) -> builder.timekeeper(this.fixture.timekeeper()).maxHandlingTime(Duration.ofMillis(20)));
	}

	// Nothing that could be interrupted.
	private static void spinUntil(BooleanSupplier condition) {
		long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (!condition.getAsBoolean() && System.nanoTime() < end) {
			Thread.onSpinWait();
		}
	}

}
