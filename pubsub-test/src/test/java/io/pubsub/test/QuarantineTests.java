package io.pubsub.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.Outcome;
import io.pubsub.UriMessage;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.daemon.ThreadPoolReceiver;
import io.pubsub.dispatch.DeadLetterLimit;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the way of what can never be handled, with many messages in flight.
 */
class QuarantineTests {

	private static final int THREADS = 8;

	private static final MediaType ORDER = new MediaType("application/vnd.example.order");

	private static final String GOOD = """
			{"mediaType": "%s", "uri": "https://example.com/1"}""".formatted(ORDER);

	private static final String INVALID = """
			{"mediaType": "%s"}""".formatted(ORDER);

	private static final ValidatorFactory validatorFactory = Validation.buildDefaultValidatorFactory();

	private final TestClock clock = new TestClock();

	private final InMemoryQueue queue = new InMemoryQueue(this.clock);

	private final InMemoryDestination letters = new InMemoryDestination();

	private final AtomicInteger handled = new AtomicInteger();

	private @Nullable ConsumerDaemon daemon;

	@AfterEach
	void stop() {
		if (this.daemon != null) {
			this.daemon.stop();
		}
	}

	@AfterAll
	static void close() {
		validatorFactory.close();
	}

	@Test
	void quarantinesWhatCanNeverBeHandledAndHandlesTheRest() {
		send(100, GOOD, INVALID);
		start(this.letters, new DeadLetterLimit(null, null));
		Awaitility.await().untilAsserted(() -> assertThat(this.queue.size()).isZero());
		assertThat(this.handled).hasValue(100);
		assertThat(this.letters.published()).hasSize(100)
			.allSatisfy((letter) -> assertThat(letter.attributes()).containsEntry(DeadLetters.REASON, "invalid"));
	}

	@Test
	void acknowledgesNothingWhoseLetterHasNotArrived() {
		PendingDestination pending = new PendingDestination();
		send(4, GOOD, INVALID);
		start(pending, new DeadLetterLimit(null, null));
		Awaitility.await().until(() -> this.handled.get() == 4 && pending.results.size() == 4);
		assertThat(this.queue.size()).isEqualTo(4);
		pending.confirm();
		Awaitility.await().untilAsserted(() -> assertThat(this.queue.size()).isEqualTo(3));
	}

	@Test
	void keepsOnTheQueueWhatIsOverTheLimit() {
		send(100, INVALID);
		ConsumerDaemon daemon = start(this.letters, new DeadLetterLimit(null, 10));
		Awaitility.await().until(() -> daemon.haltReason() != null && daemon.inFlight() == 0);
		assertThat(this.letters.published()).hasSize(10);
		assertThat(this.queue.size()).isEqualTo(90);
	}

	@Test
	void receivesNothingWhileItIsHalted() {
		send(20, INVALID);
		ConsumerDaemon daemon = start(this.letters, new DeadLetterLimit(null, 10));
		Awaitility.await().until(() -> daemon.haltReason() != null && daemon.inFlight() == 0);
		send(10, GOOD);
		this.clock.advance(Duration.ofDays(1));
		Awaitility.await().during(Duration.ofMillis(100)).until(() -> daemon.inFlight() == 0);
		assertThat(this.handled).hasValue(0);
		assertThat(this.queue.size()).isEqualTo(20);
	}

	@Test
	void goesOnWhereItHaltedWhenItIsResumed() {
		send(25, INVALID);
		ConsumerDaemon daemon = start(this.letters, new DeadLetterLimit(null, 20));
		Awaitility.await().until(() -> daemon.haltReason() != null && daemon.inFlight() == 0);
		this.clock.advance(Duration.ofDays(1));
		daemon.resume();
		Awaitility.await().untilAsserted(() -> assertThat(this.queue.size()).isZero());
		assertThat(this.letters.published()).hasSize(25);
		assertThat(daemon.haltReason()).isNull();
	}

	private void send(int times, String... bodies) {
		IntStream.range(0, times).forEach((i) -> List.of(bodies).forEach(this.queue::send));
	}

	private ConsumerDaemon start(Destination destination, DeadLetterLimit limit) {
		JsonMapper mapper = JsonMapper.builder().build();
		MessageCodec codec = new MessageCodec(mapper, validatorFactory.getValidator(),
				new SchemaRegistry(new MediaTypes("example"), true));
		HandlerRegistry handlers = new HandlerRegistry();
		handlers.register(new Handler("orders", ORDER, UriMessage.class, (content, context) -> {
			this.handled.incrementAndGet();
			return Outcome.succeeded();
		}));
		MessageDispatcher dispatcher = MessageDispatcher.builder(Envelope.codec(mapper), codec, handlers)
			.deadLetters(new DeadLetters(destination, "dead"))
			.deadLetterLimit(limit)
			.build();
		ConsumerDaemon started = new ConsumerDaemon(
				this.queue.source(3 * THREADS, BackoffPolicy.fixed(Duration.ofSeconds(1))),
				new ThreadPoolReceiver(dispatcher, THREADS, Thread::new), Duration.ofSeconds(5));
		this.daemon = started;
		started.start();
		return started;
	}

	/**
	 * Takes letters, and says when it is told to that one of them has arrived.
	 */
	private static final class PendingDestination implements Destination {

		private final ConcurrentLinkedQueue<CompletableFuture<List<PublishResult>>> results = new ConcurrentLinkedQueue<>();

		@Override
		public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
			CompletableFuture<List<PublishResult>> result = new CompletableFuture<>();
			this.results.add(result);
			return result;
		}

		void confirm() {
			this.results.remove().complete(List.of(PublishResult.published("letter")));
		}

	}

}
