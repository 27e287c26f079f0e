package io.pubsub.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.pubsub.Outcome;
import io.pubsub.Outcome.Kind;
import io.pubsub.circuit.HandlerCircuits;
import io.pubsub.transport.Subscription.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link HandlerCircuits} try when the time of an open circuit is over.
 */
class HandlerCircuitProbesTests {

	private final HandlerCircuitsFixture fixture = new HandlerCircuitsFixture();

	private final OutcomeRecorder outcomes = this.fixture.outcomes;

	private final HandlerCircuits circuits = this.fixture.circuits;

	@AfterEach
	void stop() {
		this.fixture.daemon().stop();
	}

	@Test
	void triesOneMessageWhenTheTimeIsOver() {
		this.fixture.send("order", "order", "order");
		this.fixture.advance(HandlerCircuitsFixture.OPEN);
		assertThat(this.outcomes).hasKinds(Kind.FAILED, Kind.FAILED, Kind.FAILED);
		assertThat(this.fixture.daemon().state()).isEqualTo(State.PAUSED);
	}

	@Test
	void handlesTheRestWhenTheProbeSucceeds() {
		this.fixture.send("order", "order", "order");
		this.fixture.orders = Outcome::succeeded;
		this.fixture.advance(HandlerCircuitsFixture.OPEN);
		assertThat(this.outcomes).hasKinds(Kind.FAILED, Kind.FAILED, Kind.SUCCEEDED, Kind.SUCCEEDED, Kind.SUCCEEDED);
		assertThat(this.fixture.daemon().state()).isEqualTo(State.RECEIVING);
	}

	@Test
	void receivesNoMoreThanItMayTry() {
		Deque<Runnable> work = workWhenHalfOpen(2);
		assertThat(work).hasSize(2);
		HandlerCircuitsFixture.runAll(work);
		assertThat(this.outcomes).hasKinds(Kind.FAILED, Kind.FAILED, Kind.FAILED, Kind.FAILED);
	}

	@Test
	void receivesNoMoreThanWillDecide() {
		Deque<Runnable> work = workWhenHalfOpen(3);
		assertThat(work).hasSize(2);
	}

	@Test
	void receivesNothingInThePlaceOfAProbeThatIsDone() {
		Deque<Runnable> work = workWhenHalfOpen(2);
		work.remove().run();
		assertThat(this.circuits.states()).containsEntry("orders", "HALF_OPEN");
		assertThat(work).hasSize(1);
	}

	@Test
	void receivesOneMoreInThePlaceOfAProbeThatSaysNothing() {
		Deque<Runnable> work = this.fixture.workInHand();
		this.fixture.send("order", "order");
		HandlerCircuitsFixture.runAll(work);
		this.fixture.send("order", "order");
		this.fixture.orders = () -> Outcome.retry(Duration.ofHours(1), null);
		this.fixture.advance(HandlerCircuitsFixture.OPEN);
		work.remove().run();
		assertThat(work).hasSize(1);
	}

	@Test
	void receivesAProbeBesideACallThatTookAllTheTime() {
		Deque<Runnable> work = this.fixture.workInHand();
		List<Integer> inHand = new ArrayList<>();
		this.fixture.orders = () -> {
			this.fixture.orders = HandlerCircuitsFixture::fail;
			HandlerCircuitsFixture.runAll(work);
			this.fixture.advance(HandlerCircuitsFixture.OPEN);
			inHand.add(work.size());
			return Outcome.succeeded();
		};
		this.fixture.send("order", "order", "order", "order");
		work.remove().run();
		assertThat(inHand).containsExactly(1);
		assertThat(work).hasSize(1);
	}

	@Test
	void isNotClosedByACallThatTookAllTheTime() {
		Deque<Runnable> work = this.fixture.workInHand();
		this.fixture.orders = () -> {
			this.fixture.orders = HandlerCircuitsFixture::fail;
			HandlerCircuitsFixture.runAll(work);
			this.fixture.advance(HandlerCircuitsFixture.OPEN);
			return Outcome.succeeded();
		};
		this.fixture.send("order", "order", "order");
		work.remove().run();
		assertThat(this.circuits.states()).containsEntry("orders", "HALF_OPEN");
	}

	@Test
	void goesOnWhenAProbeSaysNothing() {
		this.fixture.send("order", "order");
		this.fixture.orders = () -> Outcome.retry(Duration.ofHours(1), null);
		this.fixture.advance(HandlerCircuitsFixture.OPEN);
		assertThat(this.circuits.states()).containsEntry("orders", "HALF_OPEN");
		assertThat(this.fixture.daemon().state()).isEqualTo(State.RECEIVING);
	}

	@Test
	void goesOnWhenAProbeWasDeliveredTooOften() {
		this.fixture.maxAttempts = 1;
		this.fixture.send("order", "order");
		this.fixture.advance(HandlerCircuitsFixture.OPEN);
		assertThat(this.circuits.states()).containsEntry("orders", "HALF_OPEN");
		assertThat(this.fixture.daemon().state()).isEqualTo(State.RECEIVING);
	}

	private void permitProbes(int probes) {
		this.fixture.registry.circuitBreaker("orders",
				CircuitBreakerConfig.from(this.fixture.registry.getDefaultConfig())
					.permittedNumberOfCallsInHalfOpenState(probes)
					.build());
	}

	private Deque<Runnable> workWhenHalfOpen(int probes) {
		permitProbes(probes);
		Deque<Runnable> work = this.fixture.workInHand();
		this.fixture.send("order", "order");
		HandlerCircuitsFixture.runAll(work);
		this.fixture.send("order", "order", "order");
		this.fixture.advance(HandlerCircuitsFixture.OPEN);
		return work;
	}

}
