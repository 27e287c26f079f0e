package io.pubsub.test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.Outcome;
import io.pubsub.Outcome.Kind;
import io.pubsub.circuit.HandlerCircuits;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Subscription.State;
import jakarta.validation.Validation;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandlerCircuits}.
 */
class HandlerCircuitsTests {

	private static final Duration OPEN = Duration.ofSeconds(60);

	private static final BackoffPolicy BACKOFF = BackoffPolicy.fixed(Duration.ofSeconds(5));

	private static final String BROKEN = "broken";

	private final TestClock clock = new TestClock();

	private final InMemoryQueue queue = new InMemoryQueue(this.clock);

	private final HandlerRegistry handlers = new HandlerRegistry();

	private final OutcomeRecorder outcomes = new OutcomeRecorder();

	private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
		.minimumNumberOfCalls(2)
		.slidingWindowSize(2)
		.waitDurationInOpenState(OPEN)
		.permittedNumberOfCallsInHalfOpenState(1)
		.clock(this.clock)
		.build());

	private final HandlerCircuits circuits = new HandlerCircuits(this.registry, this.handlers, this::daemon,
			this.clock.timekeeper());

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(HandlerCircuits.class);

	private Supplier<Outcome> orders = HandlerCircuitsTests::fail;

	private @Nullable Integer maxAttempts;

	private @Nullable ConsumerDaemon daemon;

	@BeforeEach
	void handleOrders() {
		this.handlers.register(
				new Handler("orders", new MediaType("text/order"), Map.class, (content, context) -> this.orders.get()));
		this.log.start();
		this.logger.setLevel(Level.INFO);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.log);
		daemon().stop();
	}

	@Test
	void pausesWhenTheOnlyHandlerFailsTooOften() {
		send("order", "order", "order");
		assertThat(this.outcomes).hasKinds(Kind.FAILED, Kind.FAILED);
		assertThat(daemon().state()).isEqualTo(State.PAUSED);
		assertThat(this.circuits.states()).containsExactly(Map.entry("orders", "OPEN"));
		assertThat(this.queue.size()).isEqualTo(3);
	}

	@Test
	void handsNothingBackBeforeItHasPaused() throws InterruptedException {
		Deque<Runnable> work = workInHand();
		send("order", "order", "order");
		AtomicReference<@Nullable State> handedBackIn = new AtomicReference<>();
		Runnable last = work.removeLast();
		Thread other = new Thread(() -> {
			last.run();
			handedBackIn.set(daemon().state());
		});
		this.registry.circuitBreaker("orders").getEventPublisher().onStateTransition((event) -> {
			other.start();
			Awaitility.await()
				.until(() -> EnumSet.of(Thread.State.BLOCKED, Thread.State.TERMINATED).contains(other.getState()));
		});
		runAll(work);
		other.join();
		assertThat(handedBackIn).hasValue(State.PAUSED);
		assertThat(this.outcomes).hasKindsInAnyOrder(Kind.FAILED, Kind.FAILED, Kind.RETRIED);
	}

	@Test
	void triesOneMessageWhenTheTimeIsOver() {
		send("order", "order", "order");
		advance(OPEN);
		assertThat(this.outcomes).hasKinds(Kind.FAILED, Kind.FAILED, Kind.FAILED);
		assertThat(daemon().state()).isEqualTo(State.PAUSED);
	}

	@Test
	void handlesTheRestWhenTheProbeSucceeds() {
		send("order", "order", "order");
		this.orders = Outcome::succeeded;
		advance(OPEN);
		assertThat(this.outcomes).hasKinds(Kind.FAILED, Kind.FAILED, Kind.SUCCEEDED, Kind.SUCCEEDED, Kind.SUCCEEDED);
		assertThat(daemon().state()).isEqualTo(State.RECEIVING);
	}

	@Test
	void receivesNoMoreThanItMayTry() {
		Deque<Runnable> work = workWhenHalfOpen(2);
		assertThat(work).hasSize(2);
		runAll(work);
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
		Deque<Runnable> work = workInHand();
		send("order", "order");
		runAll(work);
		send("order", "order");
		this.orders = () -> Outcome.retry(Duration.ofHours(1), null);
		advance(OPEN);
		work.remove().run();
		assertThat(work).hasSize(1);
	}

	@Test
	void receivesAProbeBesideACallThatTookAllTheTime() {
		Deque<Runnable> work = workInHand();
		List<Integer> inHand = new ArrayList<>();
		this.orders = () -> {
			this.orders = HandlerCircuitsTests::fail;
			runAll(work);
			advance(OPEN);
			inHand.add(work.size());
			return Outcome.succeeded();
		};
		send("order", "order", "order", "order");
		work.remove().run();
		assertThat(inHand).containsExactly(1);
		assertThat(work).hasSize(1);
	}

	@Test
	void isNotClosedByACallThatTookAllTheTime() {
		Deque<Runnable> work = workInHand();
		this.orders = () -> {
			this.orders = HandlerCircuitsTests::fail;
			runAll(work);
			advance(OPEN);
			return Outcome.succeeded();
		};
		send("order", "order", "order");
		work.remove().run();
		assertThat(this.circuits.states()).containsEntry("orders", "HALF_OPEN");
	}

	@Test
	void receivesNothingWhenItIsStartedAgain() {
		send("order", "order", "order");
		daemon().stop();
		daemon().start();
		assertThat(this.outcomes).hasKinds(Kind.FAILED, Kind.FAILED);
	}

	@Test
	void goesOnWhenAProbeSaysNothing() {
		send("order", "order");
		this.orders = () -> Outcome.retry(Duration.ofHours(1), null);
		advance(OPEN);
		assertThat(this.circuits.states()).containsEntry("orders", "HALF_OPEN");
		assertThat(daemon().state()).isEqualTo(State.RECEIVING);
	}

	@Test
	void leavesThePauseOfAnOperatorAlone() {
		send("order", "order");
		daemon().pause();
		this.orders = Outcome::succeeded;
		advance(OPEN);
		assertThat(daemon().state()).isEqualTo(State.PAUSED);
		daemon().resume();
		assertThat(this.outcomes).hasKinds(Kind.FAILED, Kind.FAILED, Kind.SUCCEEDED, Kind.SUCCEEDED);
	}

	@Test
	void isNotResumedByAnOperator() {
		send("order", "order");
		daemon().pause();
		daemon().resume();
		assertThat(daemon().state()).isEqualTo(State.PAUSED);
	}

	@Test
	void staysPausedWhenTheDaemonIsStartedAgain() {
		send("order", "order");
		daemon().stop();
		daemon().start();
		assertThat(daemon().state()).isEqualTo(State.PAUSED);
	}

	@Test
	void handsBackUntriedWhereOtherHandlersGoOn() {
		handleInvoices();
		send("order", "order", "order", "invoice");
		assertThat(this.outcomes).hasKinds(Kind.FAILED, Kind.FAILED, Kind.RETRIED, Kind.SUCCEEDED);
		assertThat(daemon().state()).isEqualTo(State.RECEIVING);
		Outcome untried = this.outcomes.outcomes().get(2);
		assertThat(untried.reason()).isEqualTo("circuit-open");
		assertThat(untried.retryAfter()).isBetween(OPEN.plusSeconds(1), OPEN.plusSeconds(7));
	}

	@Test
	void handsBackForNoLongerThanItIsOpenWhenTheClockIsSetBack() {
		handleInvoices();
		this.clock.advance(Duration.ofHours(3));
		send("order", "order");
		this.clock.reset();
		send("order");
		assertThat(this.outcomes.outcomes().get(2).retryAfter()).isBetween(OPEN.plusSeconds(1), OPEN.plusSeconds(7));
	}

	@Test
	void costsOneReceiveForEachTimeItIsOpen() {
		handleInvoices();
		send("order", "order", "order");
		advance(OPEN.plusSeconds(7));
		assertThat(this.outcomes.results()).filteredOn((result) -> result.messageId().equals("message-3")).hasSize(2);
	}

	@Test
	void countsNoAttemptThatWasNone() {
		handleInvoices();
		this.maxAttempts = 1;
		send("order", "order", "order");
		this.orders = Outcome::succeeded;
		advance(OPEN.plusSeconds(7));
		assertThat(this.outcomes.results()).filteredOn((result) -> result.messageId().equals("message-3"))
			.extracting((result) -> result.outcome().kind())
			.containsExactly(Kind.RETRIED, Kind.SUCCEEDED);
	}

	@Test
	void countsNothingButFailuresOfTheHandler() {
		this.orders = () -> Outcome.retry(Duration.ofHours(1), null);
		this.queue.send("no JSON");
		send("order", "order", "order");
		assertThat(daemon().state()).isEqualTo(State.RECEIVING);
		assertThat(this.circuits.states()).containsEntry("orders", "CLOSED");
	}

	@Test
	void countsNoMessageThatWasDeliveredTooOften() {
		this.maxAttempts = 1;
		send("order");
		advance(Duration.ofSeconds(5));
		advance(Duration.ofSeconds(5));
		assertThat(this.outcomes).hasKinds(Kind.FAILED, Kind.FAILED, Kind.FAILED);
		assertThat(this.circuits.states()).containsEntry("orders", "CLOSED");
	}

	@Test
	void goesOnWhenAProbeWasDeliveredTooOften() {
		this.maxAttempts = 1;
		send("order", "order");
		advance(OPEN);
		assertThat(this.circuits.states()).containsEntry("orders", "HALF_OPEN");
		assertThat(daemon().state()).isEqualTo(State.RECEIVING);
	}

	@Test
	void countsAnOutcomeThatSaysFailed() {
		this.orders = () -> Outcome.failed("no stock", null);
		send("order", "order");
		assertThat(this.circuits.states()).containsEntry("orders", "OPEN");
	}

	@Test
	void tellsOnceThatACircuitOpensAndThatItCloses() {
		handleInvoices();
		send("order", "order", "order");
		advance(OPEN.plusSeconds(7));
		this.orders = Outcome::succeeded;
		advance(OPEN.plusSeconds(7));
		assertThat(this.log.list).extracting(ILoggingEvent::toString)
			.containsExactly("[WARN] The circuit of orders is open: its messages are not tried for 1m",
					"[INFO] The circuit of orders is closed: its messages are handled again");
	}

	private static Outcome fail() {
		throw new IllegalStateException(BROKEN);
	}

	private void handleInvoices() {
		this.handlers.register(new Handler("invoices", new MediaType("text/invoice"), Map.class,
				(content, context) -> Outcome.succeeded()));
	}

	private void send(String... types) {
		daemon();
		for (String type : types) {
			this.queue.send("{\"mediaType\": \"text/%s\"}".formatted(type));
		}
	}

	// The circuit breaker wants its time to be over, not just reached.
	private void advance(Duration duration) {
		this.clock.advance(duration.plusMillis(1));
	}

	private void permitProbes(int probes) {
		this.registry.circuitBreaker("orders",
				CircuitBreakerConfig.from(this.registry.getDefaultConfig())
					.permittedNumberOfCallsInHalfOpenState(probes)
					.build());
	}

	private ConsumerDaemon daemon() {
		if (this.daemon == null) {
			this.daemon = PubSubTester.daemon(this.queue, BACKOFF, dispatcher());
			this.daemon.start();
		}
		return this.daemon;
	}

	// What is received is not begun before the test says so.
	private Deque<Runnable> workInHand() {
		Deque<Runnable> work = new ArrayDeque<>();
		MessageDispatcher dispatcher = dispatcher();
		this.daemon = new ConsumerDaemon(this.queue.source(10, BACKOFF),
				(delivery) -> work.add(() -> dispatcher.receive(delivery)), Duration.ZERO);
		this.daemon.start();
		return work;
	}

	private Deque<Runnable> workWhenHalfOpen(int probes) {
		permitProbes(probes);
		Deque<Runnable> work = workInHand();
		send("order", "order");
		runAll(work);
		send("order", "order", "order");
		advance(OPEN);
		return work;
	}

	private static void runAll(Deque<Runnable> work) {
		while (!work.isEmpty()) {
			work.remove().run();
		}
	}

	private MessageDispatcher dispatcher() {
		MessageCodec codec = new MessageCodec(JsonMapper.shared(),
				Validation.buildDefaultValidatorFactory().getValidator(),
				new SchemaRegistry(new MediaTypes("example"), false));
		return MessageDispatcher.builder(Envelope.naive(JsonMapper.shared()), codec, this.handlers)
			.interceptors(List.of(this.circuits))
			.listeners(List.of(this.outcomes))
			.maxAttempts(this.maxAttempts)
			.build();
	}

}
