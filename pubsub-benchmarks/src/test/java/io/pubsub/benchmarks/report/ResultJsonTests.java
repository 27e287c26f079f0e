package io.pubsub.benchmarks.report;

import java.util.List;

import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Scenario;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResultJson}.
 */
class ResultJsonTests {

	private final Results results = new Results(List.of(TestRows.throughput(Scenario.EMPTY, Contender.RAW, 1000, 100),
			TestRows.throughput(Scenario.EMPTY, Contender.PUBSUB_TUNED, 950, 110)));

	private final JsonNode json = JsonMapper.shared()
		.readTree(ResultJson.write(Environment.current(List.of("-Xmx1g")), this.results, List.of("raw crashed")));

	@Test
	void writesMediansRoundsAndRatios() {
		JsonNode ours = this.json.at("/results/1");
		assertThat(ours.at("/scenario").asString()).isEqualTo("empty");
		assertThat(ours.at("/contender").asString()).isEqualTo("pubsub-tuned");
		assertThat(ours.at("/concurrency").asInt()).isEqualTo(100);
		assertThat(ours.at("/median/messagesPerSecond").asDouble()).isEqualTo(950);
		assertThat(ours.at("/rounds/0/cpuMicros").asDouble()).isEqualTo(110);
		assertThat(ours.at("/throughputToReference").asDouble()).isEqualTo(0.95);
		assertThat(ours.at("/cpuToReference").asDouble()).isEqualTo(1.1);
	}

	@Test
	void writesTheVerdictAndWhatWentWrong() {
		assertThat(this.json.at("/verdict/0/reached").asBoolean()).isTrue();
		assertThat(this.json.at("/problems/0").asString()).isEqualTo("raw crashed");
		assertThat(this.json.at("/environment/jvmOptions/0").asString()).isEqualTo("-Xmx1g");
	}

}
