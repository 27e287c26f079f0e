package io.pubsub.sample.pipeline;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SamplePipeline}, as a process.
 */
class SamplePipelineTests {

	@TempDir
	private Path directory;

	@Test
	void countsTheWordsAndEnds() throws Exception {
		Ended sample = Ended.run(this.directory, "words", "--once");
		assertThat(sample.exitCode()).as(sample.output()).isZero();
		assertThat(sample.output()).containsPattern("\nthe +8\nand +4\ndog +4\nfox +4\non +4\nlazy +2\n")
			.contains("\n1  SUCCEEDED\n", "\n3  FAILED, SUCCEEDED\n", "\n4  FAILED, dead letter\n", "\n6  SUCCEEDED\n")
			.containsPattern("step +kind +waiting +at work +done +dropped +dead +failed +retried\n")
			.containsPattern("\ntake-apart +flat-map +0 +0 +5 +0 +1 +1 +0\n")
			.containsPattern("\ncount +map +0 +0 +39 +0 +0 +0 +0\n");
	}

	@Test
	void countsTheLinesOfObjectsAndEnds() throws Exception {
		Ended sample = Ended.run(this.directory, "line-counts", "--once", "--output=" + this.directory);
		assertThat(sample.exitCode()).as(sample.output()).isZero();
		assertThat(sample.output()).contains("12 of 12 messages")
			.containsPattern("object +bytes +lines +ms +attempts +outcome\n")
			.containsPattern("\nincoming/one-line.txt.gz +\\d+ +1 +\\d+ +2 +SUCCEEDED, SUCCEEDED\n")
			.containsPattern("\nincoming/two-members.txt.gz +\\d+ +500 +\\d+ +1 +SUCCEEDED\n")
			.containsPattern("\nincoming/empty.txt.gz +\\d+ +0 +\\d+ +1 +SUCCEEDED\n")
			.containsPattern("\nincoming/no-gzip.txt.gz +\\d+ +5 +\\d+ +1 +SUCCEEDED\n")
			.containsPattern("\nincoming/missing.txt.gz +\\d+ +- +\\d+ +1 +SKIPPED\n");
		assertThat(this.directory.toFile().list((folder, name) -> name.endsWith(".gz.txt"))).hasSize(10);
	}

	@Test
	void withoutCommandTellsWhichThereAreAndExitsWithWrongUsage() throws Exception {
		Ended sample = Ended.run(this.directory);
		assertThat(sample.exitCode()).isEqualTo(2);
		assertThat(sample.output()).contains("Usage: java -jar sample-pipeline.jar <command>", "words");
	}

	@Test
	void withUnknownCommandTellsWhichThereAreAndExitsWithWrongUsage() throws Exception {
		Ended sample = Ended.run(this.directory, "letters", "--once");
		assertThat(sample.exitCode()).isEqualTo(2);
		assertThat(sample.output()).contains("There is no command 'letters'", "words");
	}

}
