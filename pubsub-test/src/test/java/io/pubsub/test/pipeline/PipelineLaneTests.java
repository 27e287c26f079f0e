package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pubsub.Outcome;
import io.pubsub.pipeline.Concurrency;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Mapper;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.transport.Delivery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for pipelines that work on several elements at the same time.
 */
class PipelineLaneTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final Bench bench = new Bench();

	private final Set<String> worked = ConcurrentHashMap.newKeySet();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void worksOnTheElementsOfAKeyOneAtATimeInTheirOrder() {
		this.bench.run(Bench.words().keyedBy((word) -> word.charAt(0), 3).map(this::holdSlow).to(this.bench::see));
		this.bench.send("slow s1 s2 a1 a2 b1");
		this.bench.awaitSeen(3);
		assertThat(this.bench.seen()).containsExactlyInAnyOrder("a1", "a2", "b1");
		this.bench.release();
		this.bench.awaitSeen(6);
		assertThat(this.bench.seen()).containsSubsequence("slow", "s1", "s2").containsSubsequence("a1", "a2");
	}

	@ParameterizedTest
	@MethodSource("keysOfWords")
	void namesTheStageThatGivesNoKey(Function<Flow<String>, Pipeline> keyed, String stage) {
		this.bench.run(keyed.apply(Bench.words()));
		assertThat(this.bench.send("word")).isNacked();
		assertThat(this.bench.outcome(1).cause())
			.hasMessageStartingWith("stage %s of pipeline under-test gave null as the ".formatted(stage));
	}

	static Stream<Arguments> keysOfWords() {
		Mapper<String, @Nullable Object> none = (word) -> null;
		return Stream.of(Arguments.arguments(ending((words) -> words.keyedBy(none, 2).end()), "keyed-by"),
				Arguments.arguments(ending((words) -> words.keyedBy(none, 2).batch(2, SECOND).end()), "batch"),
				Arguments.arguments(ending((words) -> words.routeTo(none, Map.of("a", Flow::end))), "route"));
	}

	private static Function<Flow<String>, Pipeline> ending(Function<Flow<String>, Pipeline> stages) {
		return stages;
	}

	@Test
	void letsAnyWorkerTakeAnyKeyThatNobodyIsAt() {
		this.bench.run(Bench.words().keyedBy((word) -> word, 2).map(this::holdSlow).to(this.bench::see));
		this.bench.send("slow " + words(100));
		this.bench.awaitSeen(100);
		assertThat(this.bench.seen()).doesNotContain("slow");
	}

	@Test
	void letsASlowKeyDelayNoOtherWhileThereIsRoom() {
		this.bench.run(manyOfASlowKeyBefore("quick", 990));
		this.bench.send("message");
		this.bench.awaitSeen(1);
		assertThat(this.bench.seen()).containsExactly("quick");
	}

	@Test
	void letsASlowKeyDelayOthersWhenItFillsTheRoom() {
		this.bench.run(manyOfASlowKeyBefore("quick", 1_200));
		this.bench.send("message");
		this.bench.awaitHeld(1);
		this.bench.until("full", () -> this.bench.stage("keyed-by").waiting() >= 900);
		assertThat(this.bench.seen()).isEmpty();
		this.bench.release();
		this.bench.awaitSeen(1_202);
	}

	private Pipeline manyOfASlowKeyBefore(String last, int number) {
		return Pipeline.named("under-test")
			.fromMessages()
			.flatMap((message) -> Stream.concat(Stream.generate(() -> "slow").limit(number + 1L), Stream.of(last)))
			.keyedBy((word) -> word, 2)
			.map(this::holdSlow)
			.to(this.bench::see);
	}

	@Test
	void letsASlowElementHoldUpNoneThatWasHandedOverWithIt() {
		Concurrency unordered = Concurrency.of(2).unordered();
		this.bench.run(Bench.words().mapConcurrently(unordered, this::holdSlow).to(this.bench::see));
		this.bench.send("slow " + words(63));
		this.bench.awaitSeen(63);
		assertThat(this.bench.seen()).doesNotContain("slow");
	}

	@Test
	void worksOnNoMoreElementsAtATimeThanItMay() {
		this.bench.run(Bench.words().mapConcurrently(2, (word) -> this.bench.hold("slow", word)).end());
		this.bench.send("slow slow slow slow");
		this.bench.awaitHeld(2);
		this.bench.until("waiting", () -> this.bench.stage("map-concurrently").waiting() == 2);
		assertThat(this.bench.receiver().statistics().atWork()).hasSize(2);
	}

	@Test
	void triesAgainInThePlaceOfTheElement() {
		this.bench.run(failingOnce().retry(1, (attempt) -> SECOND).to(this.bench::see));
		this.bench.send("again behind");
		this.bench.awaitIdle();
		assertThat(this.bench.seen()).isEmpty();
		this.bench.advance(SECOND);
		this.bench.awaitSeen(2);
		assertThat(this.bench.seen()).containsExactly("again", "behind");
		assertThat(this.bench.stage("map").retried()).isOne();
	}

	@Test
	void isIdleWhileOthersWaitForRoomBehindAnAttemptThatWaitsForItsTime() {
		AtomicBoolean failed = new AtomicBoolean();
		this.bench.run(Bench.words().mapConcurrently(2, (word) -> word).batch(1, SECOND).map((batch) -> {
			assertThat(failed.getAndSet(true)).isTrue();
			return batch.get(0);
		}).retry(1, (attempt) -> SECOND).to(this.bench::see));
		this.bench.send("word ".repeat(200));
		this.bench.awaitIdle();
		assertThat(this.bench.seen()).isEmpty();
		this.bench.advance(SECOND);
		this.bench.awaitSeen(200);
	}

	private Flow<String> failingOnce() {
		List<String> before = new ArrayList<>();
		return Bench.words().map((word) -> {
			before.add(word);
			assertThat(before).isNotEqualTo(List.of("again"));
			return word;
		});
	}

	@Test
	void freesThePlaceInTheOrderOfAnElementThatIgnoresTheEndOfItsTime() {
		this.bench.run(ignoring(2).to(this.bench::see));
		Delivery stubborn = this.bench.send("slow");
		Delivery quick = this.bench.send("quick");
		this.bench.awaitHeld(1);
		this.bench.until("worked on",
				() -> this.worked.contains("quick") && this.bench.receiver().statistics().atWork().size() == 1);
		this.bench.advance(SECOND);
		assertThat(quick).isNotSettled();
		this.bench.advance(SECOND);
		assertThat(quick).isAcked();
		assertThat(stubborn).isNacked();
		assertThat(this.bench.seen()).containsExactly("quick");
	}

	@Test
	void failsAnElementOfWhichTheTimeIsOver() {
		this.bench.run(Bench.words()
			.mapConcurrently(Concurrency.of(1).timeout(SECOND), (word) -> this.bench.hold("slow", word))
			.end());
		this.bench.send("slow");
		this.bench.awaitHeld(1);
		this.bench.advance(SECOND);
		assertThat(this.bench.outcome(1).kind()).isEqualTo(Outcome.Kind.FAILED);
		assertThat(this.bench.outcome(1).reason()).isEqualTo("timeout in stage map-concurrently");
	}

	@Test
	void countsTheThreadOfAnElementThatIgnoresTheEndOfItsTime() {
		this.bench.run(ignoring(1).to(this.bench::see));
		Delivery stubborn = this.bench.send("slow");
		this.bench.awaitHeld(1);
		this.bench.send("next");
		this.bench.until("waiting", () -> this.bench.stage("map-concurrently").waiting() == 1);
		this.bench.advance(SECOND);
		this.bench.advance(SECOND);
		assertThat(stubborn).isNacked();
		this.bench.until("waiting", () -> this.bench.stage("map-concurrently").waiting() == 1);
		this.bench.release();
		this.bench.awaitSeen(1);
		assertThat(this.bench.seen()).containsExactly("next");
	}

	@Test
	void publishesTheMessagesOfAGroupOneAfterTheOther() {
		HeldBroker broker = new HeldBroker();
		this.bench.run(Bench.words()
			.publish(broker, (word) -> HeldBroker.message(word, word.substring(0, 1)))
			.to(this.bench::see));
		this.bench.send("a1 a2 b1");
		this.bench.until("published", () -> broker.bodies().size() == 2);
		assertThat(broker.bodies()).containsExactly("a1", "b1");
		broker.confirm();
		this.bench.until("published", () -> broker.bodies().size() == 3);
		assertThat(this.bench.seen()).containsExactly("a1");
		assertThat(broker.bodies()).containsExactly("a1", "b1", "a2");
		broker.confirmAll();
	}

	@Test
	void hasNoMoreThanAHundredMessagesUnconfirmed() {
		HeldBroker broker = new HeldBroker();
		this.bench.run(Bench.words().publish(broker, (word) -> HeldBroker.message(word, null)).end());
		Delivery delivery = this.bench.send(words(150));
		this.bench.until("published", () -> broker.bodies().size() == 100);
		broker.confirm();
		this.bench.until("published", () -> broker.bodies().size() == 101);
		assertThat(delivery).isNotSettled();
		broker.confirmAll();
		assertThat(delivery).isAcked();
	}

	private Flow<String> ignoring(int workers) {
		return Bench.words().mapConcurrently(Concurrency.of(workers).timeout(SECOND), (word) -> {
			this.worked.add(word);
			return this.bench.ignore("slow", word);
		});
	}

	private String holdSlow(String word) throws InterruptedException {
		return this.bench.hold("slow", word);
	}

	private static String words(int number) {
		return String.join(" ", IntStream.range(0, number).mapToObj(Integer::toString).toList());
	}

}
