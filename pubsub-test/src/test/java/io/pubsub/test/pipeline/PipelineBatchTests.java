package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.pubsub.MessageContext;
import io.pubsub.MessageSchema;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.publish.Message;
import io.pubsub.test.PipelineTester;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.TrackedDelivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the batches of a pipeline.
 */
class PipelineBatchTests {

	private static final Duration LONG = Duration.ofHours(1);

	private final Bench bench = new Bench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void leavesWhenTheTimeSinceItsFirstElementIsOver() {
		this.bench.run(Bench.words().batch(100, Duration.ofSeconds(1)).to(this.bench::see));
		sendAndRest("a");
		this.bench.advance(Duration.ofMillis(600));
		sendAndRest("b");
		this.bench.advance(Duration.ofMillis(399));
		assertThat(this.bench.seen()).isEmpty();
		this.bench.advance(Duration.ofMillis(1));
		this.bench.awaitSeen(1);
		assertThat(this.bench.seen()).containsExactly(List.of("a", "b"));
	}

	@Test
	void leavesWhenTheNextElementWouldMakeItTooHeavy() {
		this.bench.run(Bench.words().batch(5, String::length, LONG).to(this.bench::see));
		sendAndRest("aaa bbb cc d");
		assertThat(this.bench.seen()).containsExactly(List.of("aaa"), List.of("bbb", "cc"));
	}

	@Test
	void collectsEachKeyOnItsOwn() {
		this.bench.run(Bench.words().keyedBy((word) -> word.charAt(0), 1).batch(2, LONG).to(this.bench::see));
		sendAndRest("a1 b1 a2 c1 b2 a3");
		assertThat(this.bench.seen()).containsExactlyInAnyOrder(List.of("a1", "a2"), List.of("b1", "b2"));
	}

	@Test
	void leavesFirstIfItIsTheOldestAndAllTogetherHoldTooMany() {
		Pipeline pipeline = Pipeline.named("under-test")
			.fromMessages()
			.flatMap((message) -> IntStream.range(0, 10_002).boxed())
			.keyedBy((number) -> number, 1)
			.batch(2, LONG)
			.to(this.bench::see);
		this.bench.run(pipeline);
		sendAndRest("many");
		assertThat(this.bench.seen()).containsExactly(List.of(0), List.of(1));
	}

	@Test
	void collectsWhatWeighsNothingUntilTheTimeIsOver() {
		this.bench.run(Bench.words().batch(2, (word) -> 0, Duration.ofSeconds(1)).to(this.bench::see));
		sendAndRest("a b c d");
		assertThat(this.bench.seen()).isEmpty();
		this.bench.advance(Duration.ofSeconds(1));
		this.bench.awaitSeen(1);
		assertThat(this.bench.seen()).containsExactly(List.of("a", "b", "c", "d"));
	}

	@Test
	void doesNotLeaveEmpty() {
		this.bench.run(Bench.words().batch(2, LONG).to(this.bench::see));
		this.bench.send("a");
		this.bench.rest();
		this.bench.rest();
		this.bench.advance(LONG);
		this.bench.rest();
		assertThat(this.bench.seen()).containsExactly(List.of("a"));
	}

	@Test
	void becomesOneResult() {
		this.bench.run(Bench.words().reduce(3, LONG, () -> "", String::concat).to(this.bench::see));
		sendAndRest("a b c d");
		sendAndRest("e f g");
		assertThat(this.bench.seen()).containsExactly("abc", "def");
		assertThat(this.bench.outcomes()).containsExactly(Outcome.succeeded());
	}

	@Test
	void waitsForAnElementThatIsTriedAgainAlthoughNothingElseCanCome() {
		this.bench.run(Bench.words()
			.map(new FailingOnce("again")::pass)
			.retry(1, (attempt) -> Duration.ofSeconds(1))
			.batch(100, LONG)
			.to(this.bench::see));
		this.bench.send("a again b");
		this.bench.rest();
		this.bench.receiver().blocked();
		assertThat(this.bench.seen()).isEmpty();
		this.bench.advance(Duration.ofSeconds(1));
		this.bench.awaitSeen(1);
		assertThat(this.bench.seen()).containsExactly(List.of("a", "again", "b"));
	}

	@Test
	void failsAllOfItsMessagesIfItsFunctionThrows() {
		this.bench.run(Bench.words().batch(2, LONG).to((batch) -> {
			throw new IllegalStateException("expected");
		}));
		this.bench.send("a");
		this.bench.send("b");
		this.bench.awaitIdle();
		assertThat(this.bench.outcomes()).extracting(Outcome::kind)
			.containsExactly(Outcome.Kind.FAILED, Outcome.Kind.FAILED);
	}

	@Test
	void leavesWithoutTheElementsOfAMessageThatIsLost() {
		this.bench.run(Bench.words().batch(3, LONG).to(this.bench::see));
		TrackedDelivery lost = sendAndRest("lost");
		sendAndRest("kept");
		lost.abandon();
		this.bench.send("last");
		this.bench.awaitSeen(1);
		assertThat(this.bench.seen()).containsExactly(List.of("kept", "last"));
	}

	@Test
	void isInterruptedOnlyWhenAllOfItsMessagesAreLost() {
		this.bench.run(Bench.words().batch(2, LONG).to((batch) -> this.bench.hold("Batch[2 elements]", batch)));
		TrackedDelivery first = this.bench.send("a");
		TrackedDelivery second = this.bench.send("b");
		this.bench.awaitHeld(1);
		first.abandon();
		assertThat(this.bench.interrupted()).isZero();
		second.abandon();
		this.bench.awaitInterrupted();
		this.bench.until("empty", () -> this.bench.receiver().statistics().inFlight() == 0);
	}

	@Test
	void hasAContextOfWhatItsMessagesHaveInCommon() {
		Queue<MessageContext> contexts = new ConcurrentLinkedQueue<>();
		Pipeline pipeline = Pipeline.named("under-test").from(Order.class).batch(2, LONG).to((batch) -> {
			contexts.add(Objects.requireNonNull(MessageContext.current()));
			contexts.add(batch.context(0));
			contexts.add(batch.context(1));
		});
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			tester.send(order("one", "5"));
			tester.send(order("two", "3"));
			assertThat(contexts).extracting(MessageContext::timeToLive).containsExactly(2, 4, 2);
			assertThat(contexts).extracting((context) -> context.get("x-request-tenant")).containsOnly("acme");
			assertThat(contexts).extracting((context) -> context.get("x-request-order"))
				.containsExactly(null, "one", "two");
		}
	}

	@Test
	void publishesWithTheSmallestTimeToLiveAndWhatAllHaveInCommon() {
		try (PipelineTester tester = PipelineTester.of((producer) -> Pipeline.named("under-test")
			.from(Order.class)
			.batch(2, LONG)
			.to((batch) -> producer.produce(new Total(batch.size()))))) {
			tester.send(order("one", "5"));
			tester.send(order("two", "3"));
			OutboundMessage total = tester.published().get(0);
			assertThat(total.body()).contains("\"x-request-tenant\":\"acme\"", "\"x-request-ttl\":\"2\"")
				.doesNotContain("x-request-order");
			assertThat(total.groupId()).isNull();
		}
	}

	private static Message order(String id, String timeToLive) {
		return Message.of(new Order(id))
			.with(OpaqueData
				.of(Map.of("x-request-tenant", "acme", "x-request-order", id, OpaqueData.TIME_TO_LIVE, timeToLive)))
			.inGroup("orders");
	}

	private TrackedDelivery sendAndRest(String body) {
		TrackedDelivery delivery = this.bench.send(body);
		this.bench.awaitIdle();
		return delivery;
	}

	/**
	 * Fails once on a word.
	 */
	private static final class FailingOnce {

		private final CountDownLatch failed = new CountDownLatch(1);

		private final String word;

		FailingOnce(String word) {
			this.word = word;
		}

		String pass(String word) {
			if (word.equals(this.word) && this.failed.getCount() > 0) {
				this.failed.countDown();
				throw new IllegalStateException("expected");
			}
			return word;
		}

	}

	@MessageSchema(mediaType = "application/vnd.test.order")
	record Order(String id) {

	}

	@MessageSchema(mediaType = "application/vnd.test.total")
	record Total(int orders) {

	}

}
