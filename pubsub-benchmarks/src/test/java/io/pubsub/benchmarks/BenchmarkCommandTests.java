package io.pubsub.benchmarks;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BenchmarkCommand}, some of them with contenders in processes of their
 * own.
 */
class BenchmarkCommandTests {

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	private final CommandLine commandLine = BenchmarkCommand.commandLine()
		.setOut(new PrintWriter(this.out))
		.setErr(new PrintWriter(this.err));

	@Test
	void measuresEverythingInFiveRounds() {
		Plan plan = plan();
		assertThat(plan.rounds()).isEqualTo(5);
		assertThat(plan.scenarios()).containsExactly(Scenario.values());
		assertThat(plan.contenders()).containsExactly(Contender.values());
		assertThat(plan.messages(Scenario.PUBLISH_ALL)).isEqualTo(20_000);
	}

	@Test
	void measuresLittleAndOnceIfItIsToBeQuick() {
		Plan plan = plan("--quick");
		assertThat(plan.rounds()).isEqualTo(1);
		assertThat(plan.messages(Scenario.EMPTY)).isEqualTo(400);
	}

	@Test
	void measuresWhatItIsTold() {
		Plan plan = plan("--rounds=7", "--scenarios=cold5s,latency", "--contenders=raw,pubsub-tuned", "--messages=300");
		assertThat(plan).isEqualTo(new Plan(7, Set.of(Scenario.COLD5S, Scenario.LATENCY),
				Set.of(Contender.RAW, Contender.PUBSUB_TUNED), 300, false));
	}

	@Test
	void refusesAnUnknownScenarioAndNamesTheOthers() {
		assertThat(this.commandLine.execute("--scenarios=fast")).isEqualTo(2);
		assertThat(this.err.toString()).contains("'fast' is none of [empty, slow50,");
	}

	@Test
	void refusesToMeasureNothing() {
		assertThat(this.commandLine.execute("--rounds=0")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--rounds is 0: it must be at least 1");
	}

	@Test
	void measuresInProcessesOfTheirOwn(@TempDir Path directory) throws Exception {
		Path json = directory.resolve("results.json");
		int status = this.commandLine.execute("--quick", "--scenarios=empty", "--contenders=raw,pubsub",
				"--messages=200", "--jvm-option=-XX:TieredStopAtLevel=1", "--json=" + json);
		assertThat(status).as(this.err.toString()).isZero();
		assertThat(this.out.toString()).contains("empty: 200 messages, the median of 1 rounds")
			.contains("throughput of pubsub to raw");
		assertThat(Files.readString(json)).contains("\"problems\" : [ ]");
	}

	@Test
	void measuresPipelinesInMemoryAndOnAQueue(@TempDir Path directory) throws Exception {
		int status = this.commandLine.execute("--quick", "--scenarios=pipeline,pipeline-sqs",
				"--contenders=pubsub,pubsub-pipeline-schema,hand-chunks", "--messages=200",
				"--jvm-option=-XX:TieredStopAtLevel=1", "--json=" + directory.resolve("results.json"));
		assertThat(status).as(this.err.toString()).isZero();
		assertThat(this.out.toString()).contains("pipeline: 200 messages, the median of 1 rounds")
			.contains("pipeline-sqs: throughput of pubsub-pipeline-schema to pubsub");
	}

	@Test
	void countsTheLinesOfObjects(@TempDir Path directory) throws Exception {
		int status = this.commandLine.execute("--quick", "--scenarios=s3-objects", "--messages=50",
				"--jvm-option=-XX:TieredStopAtLevel=1", "--json=" + directory.resolve("results.json"));
		assertThat(status).as(this.err.toString()).isZero();
		assertThat(this.out.toString()).contains("s3-objects: 50 messages, the median of 1 rounds")
			.contains("throughput of pubsub-pipeline to raw")
			.contains("throughput of pubsub-pipeline to the best peer");
	}

	private Plan plan(String... args) {
		this.commandLine.parseArgs(args);
		return this.commandLine.<BenchmarkCommand>getCommand().plan();
	}

}
