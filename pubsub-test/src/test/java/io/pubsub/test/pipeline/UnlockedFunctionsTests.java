package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.pubsub.RejectMessageException;
import io.pubsub.pipeline.Branch;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.transport.Delivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.pubsub.test.PubSubAssertions.assertThat;

/**
 * Tests that no lock is held while a user's function runs: another thread gets through
 * all places of the pipeline meanwhile.
 */
class UnlockedFunctionsTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final Bench bench = new Bench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	static Stream<Arguments> functions() {
		return Stream.of(of("map", (flow, look) -> flow.map(look::now).end()),
				of("filter", (flow, look) -> flow.filter((word) -> !look.now(word).isEmpty()).end()),
				of("flatMap", (flow, look) -> flow.flatMap((word) -> Stream.of(word).map(look::now)).end()),
				of("mapConcurrently", (flow, look) -> flow.mapConcurrently(2, look::now).end()),
				of("the key of keyedBy", (flow, look) -> flow.keyedBy(look::now, 2).end()),
				of("behind keyedBy", (flow, look) -> flow.keyedBy((word) -> word, 2).map(look::now).end()),
				of("the key of a batch", (flow, look) -> flow.keyedBy(look::now, 2).batch(1, SECOND).end()), of(
						"the weight of a batch", (flow,
								look) -> flow.batch(1L, (word) -> look.now(word).length(), SECOND).end()),
				of("behind batch", (flow,
						look) -> flow.batch(1, SECOND).map((batch) -> look.now("" + batch)).end()),
				of("reduce", (flow, look) -> flow.reduce(1, SECOND, () -> "", (sum, word) -> look.now(word)).end()),
				of("the classifier of route",
						(flow, look) -> flow.route(look::now, Map.of("word", Branch.returning((branch) -> branch)))
							.end()),
				of("to", (flow, look) -> flow.to(look::now)),
				of("the side door",
						(flow, look) -> flow.map(UnlockedFunctionsTests::reject)
							.end()
							.onFailure((failed) -> look.now(failed.stage()))));
	}

	private static Arguments of(String name, BiFunction<Flow<String>, Look, Pipeline> pipeline) {
		return Arguments.argumentSet(name, pipeline);
	}

	@ParameterizedTest
	@MethodSource("functions")
	void letsOthersThroughAllPlacesMeanwhile(BiFunction<Flow<String>, Look, Pipeline> pipeline) {
		this.bench.run(pipeline.apply(Bench.words(), new Look(this.bench)));
		Delivery delivery = this.bench.send("word");
		this.bench.awaitIdle();
		this.bench.advance(SECOND);
		this.bench.awaitIdle();
		assertThat(delivery).isAcked();
	}

	private static Object reject(String word) {
		throw new RejectMessageException(word.length() + " letters");
	}

	/**
	 * A look at everything, by another thread.
	 *
	 * @param bench the bench
	 */
	private record Look(Bench bench) {

		String now(String word) {
			CompletableFuture.runAsync(() -> {
				this.bench.receiver().statistics();
				this.bench.receiver().blocked();
			}).orTimeout(5, TimeUnit.SECONDS).join();
			return word;
		}

	}

}
