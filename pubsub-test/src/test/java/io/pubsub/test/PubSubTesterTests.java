package io.pubsub.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.pubsub.Handles;
import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.MessageSchema;
import io.pubsub.NackException;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.Outcome.Kind;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.publish.Message;
import io.pubsub.publish.SnsProducer;
import io.pubsub.schema.InvalidMessageException;
import io.pubsub.transport.BackoffPolicy;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PubSubTester}.
 */
class PubSubTesterTests {

	private static final String RECEIPT = "application/vnd.example.receipt.printed";

	private final PubSubTester tester = PubSubTester.builder()
		.organization("example")
		.publishingHandler(Cashier::new)
		.handlers(new Bookkeeper())
		.build();

	@Test
	void handlesContentOnTheCallingThread() {
		AtomicReference<Thread> thread = new AtomicReference<>();
		PubSubTester tester = testerOf(new Probe(() -> thread.set(Thread.currentThread())));
		assertThat(tester.send(new Payment("tea"))).isSucceeded();
		assertThat(thread).hasValue(Thread.currentThread());
	}

	@Test
	void sendsOpaqueData() {
		this.tester.send(Message.of(new Payment("tea")).with(OpaqueData.of(Map.of("X-Request-Id", "42"))));
		assertThat(this.tester.published()).singleElement()
			.satisfies((message) -> assertThat(message).opaqueData().containsEntry("X-Request-Id", "42"));
	}

	@Test
	void refusesToSendContentThatIsNotValid() {
		assertThatExceptionOfType(InvalidMessageException.class).isThrownBy(() -> this.tester.send(new Payment(null)));
	}

	@Test
	void sendsAnyBody() {
		assertThat(this.tester.sendBody("tea, please")).isFailed().hasReason("malformed");
	}

	@Test
	void sendsAttributes() {
		this.tester.sendBody("{\"mediaType\": \"%s\"}".formatted(RECEIPT), Map.of("origin", "till-1"));
		assertThat(this.tester.outcomes().results()).extracting(DispatchResult::context)
			.extracting(MessageContext::attributes)
			.containsExactly(Map.of("origin", "till-1"));
	}

	@Test
	void knowsWhatWasPublished() {
		this.tester.send(new Payment("tea"));
		assertThat(this.tester.published()).singleElement().hasMediaType(RECEIPT).hasContent("{\"item\": \"tea\"}");
	}

	@Test
	void stampsWhatIsPublishedWithTheTestClock() {
		this.tester.send(new Payment("tea"));
		assertThat(this.tester.published().get(0)).opaqueData()
			.containsEntry(OpaqueData.PUBLISHED, this.tester.clock().instant().getEpochSecond() + ".000000");
	}

	@Test
	void keepsWhatIsPublishedFromTheQueue() {
		this.tester.send(new Payment("tea"));
		assertThat(this.tester.outcomes()).hasKinds(Kind.SUCCEEDED);
	}

	@Test
	void loopsBackWhatIsPublished() {
		this.tester.loopBack("application/vnd.example.receipt.*");
		this.tester.send(new Payment("tea"));
		assertThat(this.tester.outcomes()).hasKinds(Kind.SUCCEEDED, Kind.SKIPPED);
	}

	@Test
	void refusesToLoopBackWhatIsNoMediaType() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.tester.loopBack("receipt"))
			.withMessageContaining("'receipt' is not a media type");
	}

	@Test
	void deliversAgainWhenTheClockIsMoved() {
		PubSubTester tester = testerOf(new Probe(new FailFirst(new IllegalStateException("expected"))));
		assertThat(tester.send(new Payment("tea"))).isFailed();
		tester.advance(Duration.ofMillis(999));
		assertThat(tester.outcomes()).hasKinds(Kind.FAILED);
		tester.advance(Duration.ofMillis(1));
		assertThat(tester.outcomes()).hasKinds(Kind.FAILED, Kind.SUCCEEDED);
	}

	@Test
	void deliversAgainAtOnceOnlyWhenTheHandlerSaysSo() {
		PubSubTester tester = testerOf(new Probe(new FailFirst(new NackException(Duration.ZERO, "expected"))));
		assertThat(tester.send(new Payment("tea"))).isSucceeded();
		assertThat(tester.outcomes()).hasKinds(Kind.RETRIED, Kind.SUCCEEDED);
	}

	@Test
	void doesNotDeliverAgainBeforeTheClockIsMovedWhateverThePolicy() {
		PubSubTester tester = PubSubTester.builder()
			.organization("example")
			.handlers(new Probe(new FailFirst(new IllegalStateException("expected"))))
			.backoff(BackoffPolicy.fixed(Duration.ZERO))
			.build();
		assertThat(tester.send(new Payment("tea"))).isFailed();
		assertThat(tester.queue().size()).isOne();
	}

	@Test
	void configuresTheDispatcher() {
		PubSubTester tester = PubSubTester.builder()
			.organization("example")
			.schemas(Payment.class)
			.dispatcher((dispatcher) -> dispatcher.interceptors(List.of((invocation) -> Outcome.ignored(null))))
			.handlers(new Bookkeeper())
			.build();
		assertThat(tester.sendBody("{\"mediaType\": \"%s\"}".formatted(RECEIPT))).isIgnored();
	}

	@Test
	void canPublishInVain() {
		this.tester.destination().refuse("pubsub-test", new IllegalStateException("expected"));
		assertThat(this.tester.send(new Payment("tea"))).isFailed().hasReason("PublishException");
	}

	@Test
	void saysWhyThereIsNoOutcomeYet() {
		AtomicReference<PubSubTester> tester = new AtomicReference<>();
		tester.set(testerOf(new Probe(() -> tester.get().sendBody("{}"))));
		assertThat(tester.get().send(new Payment("tea"))).isFailed().cause().hasMessageContaining("not by a handler");
	}

	@Test
	void resetForgetsEverything() {
		Duration moved = Duration.ofSeconds(1);
		this.tester.loopBack(RECEIPT);
		this.tester.advance(moved);
		this.tester.send(new Payment("tea"));
		this.tester.sendBody("tea, please");
		this.tester.reset();
		assertThat(this.tester.published()).isEmpty();
		assertThat(this.tester.outcomes()).isEmpty();
		assertThat(this.tester.queue().size()).isZero();
		assertThat(this.tester.clock().instant()).isEqualTo(new TestClock().instant());
	}

	@Test
	void resetEndsLoopsAndRefusals() {
		this.tester.loopBack(RECEIPT);
		this.tester.destination().refuse("pubsub-test", new IllegalStateException("expected"));
		this.tester.reset();
		this.tester.send(new Payment("tea"));
		assertThat(this.tester.outcomes()).hasKinds(Kind.SUCCEEDED);
	}

	private static PubSubTester testerOf(Object handler) {
		return PubSubTester.builder().organization("example").handlers(handler).build();
	}

	@MessageSchema
	record Payment(@NotNull @Nullable String item) {

	}

	static class Cashier {

		private final SnsProducer producer;

		Cashier(SnsProducer producer) {
			this.producer = producer;
		}

		@Handles
		void on(Payment payment) {
			this.producer.produce(new MediaType(RECEIPT), Map.of("item", String.valueOf(payment.item())));
		}

	}

	static class Bookkeeper {

		@Handles(mediaTypes = RECEIPT)
		boolean on(Map<String, Object> receipt) {
			return false;
		}

	}

	static class Probe {

		private final Runnable work;

		Probe(Runnable work) {
			this.work = work;
		}

		@Handles
		void on(Payment payment) {
			this.work.run();
		}

	}

	static class FailFirst implements Runnable {

		private @Nullable RuntimeException failure;

		FailFirst(RuntimeException failure) {
			this.failure = failure;
		}

		@Override
		public void run() {
			RuntimeException thrown = this.failure;
			this.failure = null;
			if (thrown != null) {
				throw thrown;
			}
		}

	}

}
