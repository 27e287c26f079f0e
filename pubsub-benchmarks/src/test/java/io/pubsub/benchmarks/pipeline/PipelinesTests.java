package io.pubsub.benchmarks.pipeline;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Scenario;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pipelines}: all contenders do the same job.
 */
class PipelinesTests {

	// All words together are no multiple of a batch.
	private static final int MESSAGES = 1_005;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();

	private final Tap tap = new Tap(MESSAGES, 100, this.acknowledged::add);

	private final Sink sink = new Sink();

	@ParameterizedTest
	@MethodSource("contenders")
	void acknowledgeEachMessageWhenAllOfItsWordsAreWritten(Contender contender) {
		Pipelines.start(contender, new Setup(new Messages(), this.tap, this.sink));
		Awaitility.await().atMost(PATIENCE).until(() -> this.acknowledged.size() == MESSAGES);
		assertThat(this.acknowledged).containsAll(IntStream.range(0, MESSAGES).boxed().toList());
		assertThat(this.sink.written()).isEqualTo(10L * MESSAGES);
	}

	@ParameterizedTest
	@MethodSource("contenders")
	void takeAMessageThatComesAlone(Contender contender) {
		Pipelines.start(contender, new Setup(new Messages(), this.tap, this.sink));
		Awaitility.await().atMost(PATIENCE).until(() -> this.acknowledged.size() == MESSAGES);
		this.tap.handOutAlone();
		Awaitility.await().atMost(PATIENCE).until(() -> this.acknowledged.size() == MESSAGES + 1);
		assertThat(this.sink.written()).isEqualTo(10L * (MESSAGES + 1));
	}

	static Iterable<Contender> contenders() {
		return Scenario.PIPELINE.contenders();
	}

}
