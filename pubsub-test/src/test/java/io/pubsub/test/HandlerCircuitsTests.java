package io.pubsub.test;

import java.time.Duration;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pubsub.Outcome;
import io.pubsub.Outcome.Kind;
import io.pubsub.circuit.HandlerCircuits;
import io.pubsub.transport.Subscription.State;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandlerCircuits}.
 */
class HandlerCircuitsTests {

	private final HandlerCircuitsFixture fixture = new HandlerCircuitsFixture();

	private final OutcomeRecorder outcomes = this.fixture.outcomes;

	private final HandlerCircuits circuits = this.fixture.circuits;

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(HandlerCircuits.class);

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.setLevel(Level.INFO);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.log);
		this.fixture.daemon().stop();
	}

	@Test
	void pausesWhenTheOnlyHandlerFailsTooOften() {
		this.fixture.send("order", "order", "order");
		assertThat(this.outcomes).hasKinds(Kind.FAILED, Kind.FAILED);
		assertThat(this.fixture.daemon().state()).isEqualTo(State.PAUSED);
		assertThat(this.circuits.states()).containsExactly(Map.entry("orders", "OPEN"));
		assertThat(this.fixture.queue.size()).isEqualTo(3);
	}

	@Test
	void handsNothingBackBeforeItHasPaused() throws InterruptedException {
		Deque<Runnable> work = this.fixture.workInHand();
		this.fixture.send("order", "order", "order");
		AtomicReference<@Nullable State> handedBackIn = new AtomicReference<>();
		Runnable last = work.removeLast();
		Thread other = new Thread(() -> {
			last.run();
			handedBackIn.set(this.fixture.daemon().state());
		});
		this.fixture.registry.circuitBreaker("orders").getEventPublisher().onStateTransition((event) -> {
			other.start();
			Awaitility.await()
				.until(() -> EnumSet.of(Thread.State.BLOCKED, Thread.State.TERMINATED).contains(other.getState()));
		});
		HandlerCircuitsFixture.runAll(work);
		other.join();
		assertThat(handedBackIn).hasValue(State.PAUSED);
		assertThat(this.outcomes).hasKindsInAnyOrder(Kind.FAILED, Kind.FAILED, Kind.RETRIED);
	}

	@Test
	void receivesNothingWhenItIsStartedAgain() {
		this.fixture.send("order", "order", "order");
		this.fixture.daemon().stop();
		this.fixture.daemon().start();
		assertThat(this.outcomes).hasKinds(Kind.FAILED, Kind.FAILED);
	}

	@Test
	void leavesThePauseOfAnOperatorAlone() {
		this.fixture.send("order", "order");
		this.fixture.daemon().pause();
		this.fixture.orders = Outcome::succeeded;
		this.fixture.advance(HandlerCircuitsFixture.OPEN);
		assertThat(this.fixture.daemon().state()).isEqualTo(State.PAUSED);
		this.fixture.daemon().resume();
		assertThat(this.outcomes).hasKinds(Kind.FAILED, Kind.FAILED, Kind.SUCCEEDED, Kind.SUCCEEDED);
	}

	@Test
	void isNotResumedByAnOperator() {
		this.fixture.send("order", "order");
		this.fixture.daemon().pause();
		this.fixture.daemon().resume();
		assertThat(this.fixture.daemon().state()).isEqualTo(State.PAUSED);
	}

	@Test
	void staysPausedWhenTheDaemonIsStartedAgain() {
		this.fixture.send("order", "order");
		this.fixture.daemon().stop();
		this.fixture.daemon().start();
		assertThat(this.fixture.daemon().state()).isEqualTo(State.PAUSED);
	}

	@Test
	void handsBackUntriedWhereOtherHandlersGoOn() {
		this.fixture.handleInvoices();
		this.fixture.send("order", "order", "order", "invoice");
		assertThat(this.outcomes).hasKinds(Kind.FAILED, Kind.FAILED, Kind.RETRIED, Kind.SUCCEEDED);
		assertThat(this.fixture.daemon().state()).isEqualTo(State.RECEIVING);
		Outcome untried = this.outcomes.outcomes().get(2);
		assertThat(untried.reason()).isEqualTo("circuit-open");
		assertThat(untried.retryAfter()).isBetween(HandlerCircuitsFixture.OPEN.plusSeconds(1),
				HandlerCircuitsFixture.OPEN.plusSeconds(7));
	}

	@Test
	void handsBackForNoLongerThanItIsOpenWhenTheClockIsSetBack() {
		this.fixture.handleInvoices();
		this.fixture.clock.advance(Duration.ofHours(3));
		this.fixture.send("order", "order");
		this.fixture.clock.reset();
		this.fixture.send("order");
		assertThat(this.outcomes.outcomes().get(2).retryAfter()).isBetween(HandlerCircuitsFixture.OPEN.plusSeconds(1),
				HandlerCircuitsFixture.OPEN.plusSeconds(7));
	}

	@Test
	void costsOneReceiveForEachTimeItIsOpen() {
		this.fixture.handleInvoices();
		this.fixture.send("order", "order", "order");
		this.fixture.advance(HandlerCircuitsFixture.OPEN.plusSeconds(7));
		assertThat(this.outcomes.results()).filteredOn((result) -> result.messageId().equals("message-3")).hasSize(2);
	}

	@Test
	void countsNoAttemptThatWasNone() {
		this.fixture.handleInvoices();
		this.fixture.maxAttempts = 1;
		this.fixture.send("order", "order", "order");
		this.fixture.orders = Outcome::succeeded;
		this.fixture.advance(HandlerCircuitsFixture.OPEN.plusSeconds(7));
		assertThat(this.outcomes.results()).filteredOn((result) -> result.messageId().equals("message-3"))
			.extracting((result) -> result.outcome().kind())
			.containsExactly(Kind.RETRIED, Kind.SUCCEEDED);
	}

	@Test
	void countsNothingButFailuresOfTheHandler() {
		this.fixture.orders = () -> Outcome.retry(Duration.ofHours(1), null);
		this.fixture.queue.send("no JSON");
		this.fixture.send("order", "order", "order");
		assertThat(this.fixture.daemon().state()).isEqualTo(State.RECEIVING);
		assertThat(this.circuits.states()).containsEntry("orders", "CLOSED");
	}

	@Test
	void countsNoMessageThatWasDeliveredTooOften() {
		this.fixture.maxAttempts = 1;
		this.fixture.send("order");
		this.fixture.advance(Duration.ofSeconds(5));
		this.fixture.advance(Duration.ofSeconds(5));
		assertThat(this.outcomes).hasKinds(Kind.FAILED, Kind.FAILED, Kind.FAILED);
		assertThat(this.circuits.states()).containsEntry("orders", "CLOSED");
	}

	@Test
	void countsAnOutcomeThatSaysFailed() {
		this.fixture.orders = () -> Outcome.failed("no stock", null);
		this.fixture.send("order", "order");
		assertThat(this.circuits.states()).containsEntry("orders", "OPEN");
	}

	@Test
	void tellsOnceThatACircuitOpensAndThatItCloses() {
		this.fixture.handleInvoices();
		this.fixture.send("order", "order", "order");
		this.fixture.advance(HandlerCircuitsFixture.OPEN.plusSeconds(7));
		this.fixture.orders = Outcome::succeeded;
		this.fixture.advance(HandlerCircuitsFixture.OPEN.plusSeconds(7));
		assertThat(this.log.list).extracting(ILoggingEvent::toString)
			.containsExactly("[WARN] The circuit of orders is open: its messages are not tried for 1m",
					"[INFO] The circuit of orders is closed: its messages are handled again");
	}

}
