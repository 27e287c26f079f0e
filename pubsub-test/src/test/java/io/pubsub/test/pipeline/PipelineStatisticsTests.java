package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.stream.Stream;

import io.pubsub.RejectMessageException;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineStatistics;
import io.pubsub.pipeline.StageStatistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link PipelineStatistics}.
 */
class PipelineStatisticsTests {

	private final Bench bench = new Bench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void countWhatBecomesOfElements() {
		this.bench
			.run(Bench.words().filter((word) -> !word.equals("left-out")).map(PipelineStatisticsTests::endedAs).end());
		this.bench.send("good left-out reject good fail dropped");
		this.bench.awaitIdle();
		assertThat(this.bench.stage("filter")).extracting(StageStatistics::done, StageStatistics::dropped)
			.containsExactly(4L, 1L);
		assertThat(this.bench.stage("map"))
			.extracting(StageStatistics::done, StageStatistics::dead, StageStatistics::failed)
			.containsExactly(2L, 1L, 1L);
		assertThat(this.bench.stage("flat-map").dropped()).isOne();
	}

	@Test
	void showWhatIsAtWorkAndWhatWaits() {
		this.bench.run(Bench.words().mapConcurrently(1, (word) -> this.bench.hold("slow", word)).end());
		String id = this.bench.send("slow waiting").message().id();
		this.bench.awaitHeld(1);
		this.bench.until("waiting", () -> this.bench.stage("map-concurrently").waiting() == 1);
		this.bench.advance(Duration.ofSeconds(3));
		PipelineStatistics statistics = this.bench.receiver().statistics();
		assertThat(statistics.inFlight()).isOne();
		assertThat(statistics.oldest()).isEqualTo(Duration.ofSeconds(3));
		assertThat(statistics.atWork()).singleElement()
			.extracting(PipelineStatistics.Call::stage, PipelineStatistics.Call::messageId,
					PipelineStatistics.Call::time)
			.containsExactly("map-concurrently", id, Duration.ofSeconds(3));
	}

	@Test
	void showTheMakingOfAPartAtWorkInTheStageThatMakesIt() {
		this.bench.run(Pipeline.named("under-test")
			.fromMessages()
			.flatMap((message) -> Stream.of("quick", "slow").map((word) -> this.bench.ignore("slow", word)))
			.to(this.bench::see));
		this.bench.send("message");
		this.bench.awaitHeld(1);
		assertThat(this.bench.receiver().statistics().atWork()).extracting(PipelineStatistics.Call::stage)
			.containsExactly("flat-map");
	}

	@Test
	void showTheLastFailuresWithoutTheirText() {
		this.bench.run(Bench.words().map(PipelineStatisticsTests::endedAs).end());
		String first = this.bench.send("fail").message().id();
		String second = this.bench.send("reject").message().id();
		this.bench.awaitIdle();
		assertThat(this.bench.receiver().statistics().failures())
			.extracting(PipelineStatistics.Failure::messageId, PipelineStatistics.Failure::exception)
			.containsExactly(tuple(second, RejectMessageException.class.getName()),
					tuple(first, IllegalStateException.class.getName()));
	}

	private static String endedAs(String word) {
		return switch (word) {
			case "fail" -> throw new IllegalStateException("of a secret");
			case "reject" -> throw new RejectMessageException("of a secret");
			default -> word;
		};
	}

}
