package io.pubsub.test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.Outcome;
import io.pubsub.circuit.HandlerCircuits;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.BackoffPolicy;
import jakarta.validation.Validation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Handlers of a daemon, with {@link HandlerCircuits} around them.
 */
final class HandlerCircuitsFixture {

	static final Duration OPEN = Duration.ofSeconds(60);

	private static final BackoffPolicy BACKOFF = BackoffPolicy.fixed(Duration.ofSeconds(5));

	private static final String BROKEN = "broken";

	final TestClock clock = new TestClock();

	final InMemoryQueue queue = new InMemoryQueue(this.clock);

	private final HandlerRegistry handlers = new HandlerRegistry();

	final OutcomeRecorder outcomes = new OutcomeRecorder();

	final CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
		.minimumNumberOfCalls(2)
		.slidingWindowSize(2)
		.waitDurationInOpenState(OPEN)
		.permittedNumberOfCallsInHalfOpenState(1)
		.clock(this.clock)
		.build());

	final HandlerCircuits circuits = new HandlerCircuits(this.registry, this.handlers, this::daemon,
			this.clock.timekeeper());

	Supplier<Outcome> orders = HandlerCircuitsFixture::fail;

	@Nullable Integer maxAttempts;

	private @Nullable ConsumerDaemon daemon;

	HandlerCircuitsFixture() {
		this.handlers.register(
				new Handler("orders", new MediaType("text/order"), Map.class, (content, context) -> this.orders.get()));
	}

	static Outcome fail() {
		throw new IllegalStateException(BROKEN);
	}

	void handleInvoices() {
		this.handlers.register(new Handler("invoices", new MediaType("text/invoice"), Map.class,
				(content, context) -> Outcome.succeeded()));
	}

	void send(String... types) {
		daemon();
		for (String type : types) {
			this.queue.send("{\"mediaType\": \"text/%s\"}".formatted(type));
		}
	}

	// The circuit breaker wants its time to be over, not just reached.
	void advance(Duration duration) {
		this.clock.advance(duration.plusMillis(1));
	}

	ConsumerDaemon daemon() {
		if (this.daemon == null) {
			this.daemon = PubSubTester.daemon(this.queue, BACKOFF, dispatcher());
			this.daemon.start();
		}
		return this.daemon;
	}

	// What is received is not begun before the test says so.
	Deque<Runnable> workInHand() {
		Deque<Runnable> work = new ArrayDeque<>();
		MessageDispatcher dispatcher = dispatcher();
		this.daemon = new ConsumerDaemon(this.queue.source(10, BACKOFF),
				(delivery) -> work.add(() -> dispatcher.receive(delivery)), Duration.ZERO);
		this.daemon.start();
		return work;
	}

	static void runAll(Deque<Runnable> work) {
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
