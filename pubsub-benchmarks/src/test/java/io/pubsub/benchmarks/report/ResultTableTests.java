package io.pubsub.benchmarks.report;

import java.util.List;

import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Scenario;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResultTable}.
 */
class ResultTableTests {

	@Test
	void alignsTheNumbersAndRelatesThemToTheRawLoop() {
		Results results = new Results(List.of(TestRows.throughput(Scenario.EMPTY, Contender.RAW, 8000, 100),
				TestRows.throughput(Scenario.EMPTY, Contender.PUBSUB, 7600, 115)));
		assertThat(ResultTable.render(results, Scenario.EMPTY).lines()).containsExactly(
				"empty: 200 messages, the median of 1 rounds",
				"contender  msg/s  of raw  seconds  CPU us/msg  of raw  requests/1000  heap MB",
				"raw        8,000    1.00     0.03         100    1.00            205       17",
				"pubsub     7,600    0.95     0.03         115    1.15            205       17");
	}

	@Test
	void relatesEachRoundToTheRawLoopInTheSameRound() {
		Results results = new Results(List.of(TestRows.throughputs(Contender.RAW, 4000, 8000, 2000),
				TestRows.throughputs(Contender.PUBSUB, 5000, 8000, 2200)));
		assertThat(ResultTable.render(results, Scenario.EMPTY).lines().toList().get(3))
			.startsWith("pubsub     5,000    1.10 ");
	}

	@Test
	void relatesMediansIfNotAllRoundsSucceeded() {
		Results results = new Results(List.of(TestRows.throughputs(Contender.RAW, 4000, 8000),
				TestRows.throughputs(Contender.PUBSUB, 5000, 9000, 2200)));
		assertThat(ResultTable.render(results, Scenario.EMPTY).lines().toList().get(3))
			.startsWith("pubsub     5,000    0.83 ");
	}

	@Test
	void leavesRatiosEmptyWithoutTheRawLoop() {
		Results results = new Results(List.of(TestRows.throughput(Scenario.EMPTY, Contender.PUBSUB, 7600, 115)));
		assertThat(ResultTable.render(results, Scenario.EMPTY).lines().toList().get(2)).startsWith("pubsub     7,600 ")
			.doesNotContain("1.00");
	}

	@Test
	void relatesAColdStartToItsIdeal() {
		Results results = new Results(List.of(TestRows.throughput(Scenario.COLD5S, Contender.PUBSUB, 19.8, 900)));
		assertThat(ResultTable.render(results, Scenario.COLD5S)).contains("of ideal").contains("1.010");
	}

	@Test
	void showsLatenciesOnlyWhereMessagesArrivePaced() {
		Results results = new Results(List.of(TestRows.latency(Contender.PUBSUB, 3.25, 9)));
		assertThat(ResultTable.render(results, Scenario.LATENCY)).contains("p99 ms")
			.contains("3.3")
			.doesNotContain("msg/s");
	}

	@Test
	void countsObjectsAndTheRequestsOfSqsAndS3() {
		Results results = new Results(List.of(TestRows.throughput(Scenario.S3_OBJECTS, Contender.RAW, 1000, 100)));
		assertThat(ResultTable.render(results, Scenario.S3_OBJECTS).lines().toList().subList(1, 3)).containsExactly(
				"contender  objects/s  of raw  seconds  CPU us/object  of raw  requests/1000  S3 requests/1000  heap MB",
				"raw            1,000    1.00     0.20            100    1.00            205              1000       17");
	}

	@Test
	void countsTheElementsOfPipelinesAndWhatTheyAllocate() {
		Results results = new Results(List.of(TestRows.pipeline(Contender.HAND_CHUNKS, 2000, 200, 101),
				TestRows.pipeline(Contender.PUBSUB_PIPELINE, 1000, 300, 102)));
		assertThat(ResultTable.render(results, Scenario.PIPELINE).lines().toList().get(1)).contains("elements/s")
			.contains("of hand-chunks")
			.contains("bytes/element")
			.doesNotContain("requests");
	}

}
