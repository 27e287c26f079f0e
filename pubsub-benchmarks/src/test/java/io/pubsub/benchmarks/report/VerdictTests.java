package io.pubsub.benchmarks.report;

import java.util.List;

import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Scenario;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Verdict}.
 */
class VerdictTests {

	@Test
	void judgesThroughputAndCostAgainstTheRawLoop() {
		assertThat(judge(TestRows.throughput(Scenario.EMPTY, Contender.RAW, 1000, 100),
				TestRows.throughput(Scenario.EMPTY, Contender.PUBSUB, 890, 119)))
			.containsExactly("NOT REACHED  empty: throughput of pubsub to raw: 0.89 (at least 0.90)",
					"reached      empty: CPU per message of pubsub to raw: 1.19 (at most 1.20)",
					"reached      empty: requests of pubsub per 1,000 messages: 205.00 (at most 210.00)");
	}

	@Test
	void asksForTwiceTheDefaultListenerAndLessOfTheTunedOne() {
		assertThat(judge(TestRows.throughput(Scenario.EMPTY, Contender.SQS_LISTENER, 1000, 100),
				TestRows.throughput(Scenario.EMPTY, Contender.SQS_LISTENER_TUNED, 1000, 100),
				TestRows.throughput(Scenario.EMPTY, Contender.PUBSUB, 1900, 100),
				TestRows.throughput(Scenario.EMPTY, Contender.PUBSUB_TUNED, 1900, 100)))
			.contains("NOT REACHED  empty: throughput of pubsub to sqs-listener: 1.90 (at least 2.00)",
					"reached      empty: throughput of pubsub-tuned to sqs-listener-tuned: 1.90 (at least 1.30)");
	}

	@Test
	void holdsAColdStartToTheIdeal() {
		assertThat(judge(TestRows.throughput(Scenario.COLD5S, Contender.PUBSUB_TUNED, 19.8, 900)))
			.containsExactly("reached      cold5s: time of pubsub-tuned to the ideal: 1.01 (at most 1.05)");
	}

	@Test
	void comparesTheBestOfOursWithTheBestPeer() {
		assertThat(judge(TestRows.throughput(Scenario.ONE_IN_TEN, Contender.RAW, 500, 100),
				TestRows.throughput(Scenario.ONE_IN_TEN, Contender.SQS_LISTENER, 100, 100),
				TestRows.throughput(Scenario.ONE_IN_TEN, Contender.DYNAMIC_SQS, 200, 100),
				TestRows.throughput(Scenario.ONE_IN_TEN, Contender.PUBSUB_TUNED, 190, 100)))
			.containsExactly(
					"NOT REACHED  one-in-ten: throughput of pubsub-tuned to the best peer, dynamic-sqs: 0.95 (at least 0.98)");
	}

	@Test
	void findsShortLatenciesBetter() {
		assertThat(judge(TestRows.latency(Contender.SQS_LISTENER, 4, 10), TestRows.latency(Contender.PUBSUB, 3, 11)))
			.containsExactly("reached      latency: p50 of pubsub to the best peer, sqs-listener: 0.75 (at most 1.02)",
					"NOT REACHED  latency: p99 of pubsub to the best peer, sqs-listener: 1.10 (at most 1.02)");
	}

	@Test
	void holdsPipelinesToThoseByHand() {
		assertThat(judge(TestRows.pipeline(Contender.HAND, 500, 200, 101),
				TestRows.pipeline(Contender.HAND_CHUNKS, 1000, 190, 101),
				TestRows.pipeline(Contender.PUBSUB_PIPELINE, 480, 290, 130)))
			.containsExactly(
					"NOT REACHED  pipeline: throughput of pubsub-pipeline to hand-chunks: 0.48 (at least 0.50)",
					"reached      pipeline: allocation per element of pubsub-pipeline to hand: 1.45 (at most 1.50)",
					"NOT REACHED  pipeline: milliseconds for a message alone in pubsub-pipeline: 130.00 (at most 120.00)");
	}

	@Test
	void holdsAPipelineOnAQueueToAHandler() {
		assertThat(judge(TestRows.throughput(Scenario.PIPELINE_SQS, Contender.PUBSUB, 1000, 100),
				TestRows.throughput(Scenario.PIPELINE_SQS, Contender.PUBSUB_PIPELINE_SCHEMA, 960, 100)))
			.containsExactly(
					"reached      pipeline-sqs: throughput of pubsub-pipeline-schema to pubsub: 0.96 (at least 0.95)");
	}

	@Test
	void holdsAPipelineOfObjectsToTheRawLoopAndToThePeers() {
		assertThat(judge(TestRows.throughput(Scenario.S3_OBJECTS, Contender.RAW, 1000, 100),
				TestRows.throughput(Scenario.S3_OBJECTS, Contender.SQS_LISTENER, 900, 100),
				TestRows.throughput(Scenario.S3_OBJECTS, Contender.PUBSUB_PIPELINE, 990, 100)))
			.containsExactly("reached      s3-objects: throughput of pubsub-pipeline to raw: 0.99 (at least 0.98)",
					"reached      s3-objects: throughput of pubsub-pipeline to the best peer, sqs-listener: 1.10 (at least 0.98)");
	}

	@Test
	void holdsAPipelineInMemoryToReactorOnce() {
		assertThat(judge(TestRows.pipeline(Contender.REACTOR_CHUNKS, 1000, 300, 100),
				TestRows.pipeline(Contender.PUBSUB_PIPELINE, 950, 300, 100)))
			.containsExactly(
					"NOT REACHED  pipeline: throughput of pubsub-pipeline to reactor-chunks: 0.95 (at least 0.98)",
					"reached      pipeline: milliseconds for a message alone in pubsub-pipeline: 100.00 (at most 120.00)");
	}

	private static List<String> judge(Row... rows) {
		return Verdict.of(new Results(List.of(rows))).stream().map(Target::toString).toList();
	}

}
