package io.pubsub.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.pubsub.MediaTypes;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.OpenedMessage;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ConsumerDaemon}.
 */
class ConsumerDaemonTests {

	private static final String EXPIRED = """
			{"mediaType": "application/vnd.example.order", "opaqueData": {"x-request-ttl": "0"}}""";

	private final FakeSource source = new FakeSource();

	private final RecordingSettler settler = new RecordingSettler();

	private final AtomicInteger running = new AtomicInteger();

	private final CountDownLatch gate = new CountDownLatch(1);

	private final ConsumerDaemon daemon = daemon(2);

	@AfterEach
	void stop() {
		this.gate.countDown();
		this.daemon.stop();
	}

	@Test
	void handlesAsManyMessagesAtOnceAsItsConcurrency() {
		this.daemon.start();
		for (int i = 0; i < 5; i++) {
			this.source.receiver().receive(this.settler.delivery("{}", 1));
		}
		Awaitility.await().untilAtomic(this.running, (value) -> assertThat(value).isEqualTo(2));
		Awaitility.await().during(Duration.ofMillis(100)).untilAsserted(() -> assertThat(this.running).hasValue(2));
		this.gate.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(this.settler.settlements()).hasSize(5));
	}

	@Test
	void handlesMoreMessagesAtOnceWhenToldSo() {
		this.daemon.start();
		for (int i = 0; i < 5; i++) {
			this.source.receiver().receive(this.settler.delivery("{}", 1));
		}
		this.daemon.concurrency(4);
		Awaitility.await().untilAtomic(this.running, (value) -> assertThat(value).isEqualTo(4));
		assertThat(this.daemon.concurrency()).isEqualTo(4);
		assertThat(this.source.events).endsWith("concurrency 4");
	}

	@Test
	void handlesFewerMessagesAtOnceWhenToldSo() {
		this.daemon.start();
		this.daemon.concurrency(1);
		for (int i = 0; i < 3; i++) {
			this.source.receiver().receive(this.settler.delivery("{}", 1));
		}
		Awaitility.await().during(Duration.ofMillis(100)).untilAsserted(() -> assertThat(this.running).hasValue(1));
	}

	@Test
	void keepsAChangedConcurrencyForItsNextStart() {
		this.daemon.concurrency(3);
		this.daemon.start();
		assertThat(this.source.events).containsExactly("start", "concurrency 3");
	}

	@Test
	void startsOnce() {
		this.daemon.start();
		this.daemon.start();
		assertThat(this.daemon.isRunning()).isTrue();
		assertThat(this.source.events).containsExactly("start");
	}

	@Test
	void stopsTheSourceWithTheDrainTime() {
		this.daemon.start();
		this.daemon.stop();
		this.daemon.stop();
		assertThat(this.daemon.isRunning()).isFalse();
		assertThat(this.source.events).containsExactly("start", "stop PT5S");
	}

	@Test
	void startsAgainAfterAStop() {
		this.daemon.start();
		this.daemon.stop();
		this.daemon.start();
		assertThat(this.source.events).containsExactly("start", "stop PT5S", "start");
	}

	@Test
	void handsBackWhatComesAfterTheStop() {
		this.daemon.start();
		this.daemon.stop();
		this.source.receiver().receive(this.settler.delivery("{}", 1));
		assertThat(this.settler.settlements()).containsExactly("nack PT0S");
	}

	@Test
	void isNotRunningWhenTheSourceDoesNotStart() {
		this.source.failure = new IllegalStateException("no such queue");
		assertThatIllegalStateException().isThrownBy(this.daemon::start).withMessage("no such queue");
		assertThat(this.daemon.isRunning()).isFalse();
	}

	@Test
	void refusesToRunWithoutConcurrency() {
		assertThatIllegalArgumentException().isThrownBy(() -> daemon(0)).withMessageContaining("not 0");
	}

	@Test
	void pausesAndResumesTheSource() {
		this.daemon.start();
		this.daemon.pause();
		this.daemon.resume();
		assertThat(this.source.events).containsExactly("start", "pause", "resume");
	}

	@Test
	void limitsTheSourceToTheLowestOfAllLimits() {
		this.daemon.start();
		this.daemon.limit("one", 2);
		this.daemon.limit("other", 3);
		this.daemon.limit("one", 4);
		this.daemon.resume("other");
		this.daemon.resume("one");
		assertThat(this.source.events).containsExactly("start", "limit 2", "limit 3", "limit 4", "resume");
	}

	@Test
	void pausesInSpiteOfALimitAndKeepsItAfterwards() {
		this.daemon.start();
		this.daemon.limit("one", 2);
		this.daemon.pause();
		this.daemon.resume();
		assertThat(this.source.events).containsExactly("start", "limit 2", "pause", "limit 2");
	}

	@Test
	void startsWithTheLimitThatHolds() {
		this.daemon.limit("one", 2);
		this.daemon.start();
		assertThat(this.source.events).containsExactly("start 2");
	}

	@Test
	void noticesALimitThatEndsWhileItStarts() {
		this.daemon.limit("one", 0);
		this.source.whileStarting = () -> this.daemon.resume("one");
		this.daemon.start();
		assertThat(this.source.events).containsExactly("start 0", "resume");
	}

	@Test
	void tellsHowTheSourceIsDoing() {
		this.daemon.start();
		assertThat(this.daemon.state()).isEqualTo(Subscription.State.RECEIVING);
		assertThat(this.daemon.inFlight()).isEqualTo(3);
	}

	@Test
	void isStoppedAndIdleWhileItIsNotRunning() {
		this.daemon.pause();
		this.daemon.resume();
		assertThat(this.daemon.state()).isEqualTo(Subscription.State.STOPPED);
		assertThat(this.daemon.inFlight()).isZero();
		assertThat(this.source.events).isEmpty();
	}

	@Test
	void makesProgressWhenAMessageIsBegunAndWhenItIsSettled() {
		this.daemon.start();
		this.source.receiver().receive(this.settler.delivery("{}", 1));
		Awaitility.await().untilAtomic(this.running, (value) -> assertThat(value).isEqualTo(1));
		Instant begun = this.daemon.lastProgress();
		assertThat(begun).isAfter(Instant.EPOCH);
		this.gate.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(this.daemon.lastProgress()).isAfter(begun));
	}

	@Test
	void haltsWhenThereAreTooManyDeadLetters() {
		this.gate.countDown();
		this.daemon.start();
		this.source.receiver().receive(this.settler.delivery("malformed", 1));
		Awaitility.await().untilAsserted(() -> assertThat(this.source.events).contains("pause"));
		assertThat(this.daemon.haltReason()).contains("max-consecutive (0)");
		assertThat(this.settler.settlements()).containsExactly("nack null");
		assertThat(this.daemon.isRunning()).isTrue();
	}

	@Test
	void handsBackWithoutHandlingItWhatComesAfterAHalt() {
		halt();
		int handled = this.running.get();
		this.source.receiver().receive(this.settler.delivery("{}", 1));
		Awaitility.await().untilAsserted(() -> assertThat(this.settler.settlements()).hasSize(2));
		assertThat(this.settler.settlements()).containsOnly("nack null");
		assertThat(this.running).hasValue(handled);
	}

	@Test
	void letsWhatIsBeingHandledFinishWhenItHalts() {
		this.daemon.start();
		this.source.receiver().receive(this.settler.delivery("malformed", 1));
		this.source.receiver().receive(this.settler.delivery(EXPIRED, 1));
		Awaitility.await().untilAtomic(this.running, (value) -> assertThat(value).isEqualTo(2));
		this.gate.countDown();
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.settler.settlements()).containsExactlyInAnyOrder("ack", "nack null"));
	}

	@Test
	void goesOnAfterAHaltWhenItIsResumed() {
		halt();
		this.daemon.resume();
		assertThat(this.daemon.haltReason()).isNull();
		assertThat(this.source.events).endsWith("resume");
		this.source.receiver().receive(this.settler.delivery(EXPIRED, 1));
		Awaitility.await().untilAsserted(() -> assertThat(this.settler.settlements()).contains("ack"));
	}

	@Test
	void goesOnAfterAHaltWhenItIsStartedAgain() {
		halt();
		this.daemon.stop();
		assertThat(this.daemon.haltReason()).isNull();
		this.daemon.start();
		assertThat(this.daemon.haltReason()).isNull();
	}

	private void halt() {
		this.gate.countDown();
		this.daemon.start();
		this.source.receiver().receive(this.settler.delivery("malformed", 1));
		Awaitility.await().untilAsserted(() -> assertThat(this.source.events).contains("pause"));
		Awaitility.await().untilAsserted(() -> assertThat(this.settler.settlements()).hasSize(1));
	}

	private ConsumerDaemon daemon(int concurrency) {
		SchemaRegistry schemas = new SchemaRegistry(new MediaTypes(null), true);
		Validator validator = Validation.buildDefaultValidatorFactory().getValidator();
		MessageCodec codec = new MessageCodec(JsonMapper.builder().build(), validator, schemas);
		HandlerRegistry handlers = new HandlerRegistry();
		MessageDispatcher dispatcher = MessageDispatcher.builder(envelope(), codec, handlers)
			.deadLetters(new DeadLetters((messages) -> new CompletableFuture<>(), "dead"))
			.deadLetterLimit(new DeadLetterLimit(null, 0))
			.build();
		return new ConsumerDaemon(this.source, dispatcher, handlers, concurrency, Duration.ofSeconds(5), Thread::new);
	}

	private Envelope envelope() {
		Envelope envelope = Envelope.codec(JsonMapper.builder().build());
		return new Envelope() {

			@Override
			public OpenedMessage open(InboundMessage message) {
				ConsumerDaemonTests.this.running.incrementAndGet();
				Awaitility.await().until(() -> ConsumerDaemonTests.this.gate.getCount() == 0);
				return envelope.open(message);
			}

		};
	}

	private static final class FakeSource implements Source, Subscription {

		private final List<String> events = new CopyOnWriteArrayList<>();

		private @Nullable Receiver receiver;

		private @Nullable RuntimeException failure;

		private Runnable whileStarting = () -> {
		};

		Receiver receiver() {
			assertThat(this.receiver).isNotNull();
			return this.receiver;
		}

		@Override
		public Subscription start(Receiver receiver) {
			return start(receiver, Integer.MAX_VALUE);
		}

		@Override
		public Subscription start(Receiver receiver, int limit) {
			if (this.failure != null) {
				throw this.failure;
			}
			this.events.add((limit < Integer.MAX_VALUE) ? "start " + limit : "start");
			this.receiver = receiver;
			this.whileStarting.run();
			return this;
		}

		@Override
		public void limit(int messages) {
			if (messages == 0 || messages == Integer.MAX_VALUE) {
				Subscription.super.limit(messages);
			}
			else {
				this.events.add("limit " + messages);
			}
		}

		@Override
		public void pause() {
			this.events.add("pause");
		}

		@Override
		public void resume() {
			this.events.add("resume");
		}

		@Override
		public void concurrency(int concurrency) {
			this.events.add("concurrency " + concurrency);
		}

		@Override
		public void stop(Duration drain) {
			this.events.add("stop " + drain);
		}

		@Override
		public CompletionStage<Void> exhausted() {
			return new CompletableFuture<>();
		}

		@Override
		public State state() {
			return State.RECEIVING;
		}

		@Override
		public int inFlight() {
			return 3;
		}

	}

}
