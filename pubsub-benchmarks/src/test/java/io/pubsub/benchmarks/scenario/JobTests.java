package io.pubsub.benchmarks.scenario;

import java.net.URI;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Job}.
 */
class JobTests {

	private static final URI ENDPOINT = URI.create("http://127.0.0.1:9324");

	@Test
	void survivesTheCommandLine() {
		Job job = new Job(Contender.SQS_LISTENER_TUNED, Scenario.ONE_IN_TEN, 1000, ENDPOINT, null, "http://queue", 180);
		assertThat(Job.ofArgument(job.toArgument())).isEqualTo(job);
	}

	@Test
	void warmsUpWithTwiceAsManyMore() {
		Job job = new Job(Contender.RAW, Scenario.EMPTY, 20_000, ENDPOINT, null, "http://queue", 180);
		assertThat(job.total()).isEqualTo(60_000);
		assertThat(job.paced()).isZero();
	}

	@Test
	void warmsUpAtThePaceOfTheScenario() {
		Job job = new Job(Contender.RAW, Scenario.LATENCY, 500, ENDPOINT, null, "http://queue", 180);
		assertThat(job.paced()).isEqualTo(1_000);
		assertThat(job.total()).isEqualTo(21_000);
	}

	@Test
	void publishesThreeTimesAsManyBefore() {
		Job job = new Job(Contender.RAW, Scenario.PUBLISH_ONE, 500, ENDPOINT, null, "http://topic", 180);
		assertThat(job.total()).isEqualTo(2_000);
	}

	@Test
	void startsColdWhereTheScenarioIsAboutThat() {
		Job job = new Job(Contender.RAW, Scenario.COLD5S, 200, ENDPOINT, null, "http://queue", 180);
		assertThat(job.total()).isEqualTo(200);
	}

	@Test
	void givesAllContendersTheConcurrencyOfTheScenario() {
		assertThat(new Job(Contender.PUBSUB, Scenario.SLOW50, 1, ENDPOINT, null, "http://queue", 180).concurrency())
			.isEqualTo(100);
		assertThat(new Job(Contender.PUBSUB, Scenario.EMPTY, 1, ENDPOINT, null, "http://queue", 180).concurrency())
			.isEqualTo(10);
	}

}
