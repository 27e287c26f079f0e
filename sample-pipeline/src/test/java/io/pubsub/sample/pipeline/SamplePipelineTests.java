package io.pubsub.sample.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.pubsub.local.LocalBroker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

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
	void countsWhatABucketTellsAndTellsOfItWhenItIsStopped() throws Exception {
		try (LocalBroker broker = LocalBroker.start(); S3Client s3 = s3(broker)) {
			broker.createBucket("files");
			String queueUrl = broker.createQueue("told");
			broker.tell("files", "told", List.of("s3:ObjectCreated:*"), "", "");
			s3.putObject((request) -> request.bucket("files").key("a.txt"), RequestBody.fromString("1\n2\n"));
			Path counted = this.directory.resolve("a.txt.txt");
			Ended sample = Ended.stop(this.directory, () -> Files.exists(counted), "line-counts",
					"--sqs-queue-url=" + queueUrl, "--output=" + this.directory,
					"--spring.cloud.aws.sqs.endpoint=" + broker.sqsEndpoint(),
					"--spring.cloud.aws.s3.endpoint=" + broker.s3Endpoint(),
					"--spring.cloud.aws.s3.path-style-access-enabled=true",
					"--spring.cloud.aws.region.static=" + broker.region(),
					"--spring.cloud.aws.credentials.access-key=local",
					"--spring.cloud.aws.credentials.secret-key=local");
			assertThat(counted).as(sample.output()).hasContent("2");
			assertThat(sample.output()).containsPattern("object +bytes +lines +ms +attempts +outcome\n")
				.containsPattern("\na.txt +4 +2 +\\d+ +1 +SUCCEEDED\n")
				.doesNotContain("Putting");
		}
	}

	@Test
	@Tag("faults")
	void whenStoppedWhilePublishingEndsWithoutAFailure() throws Exception {
		Path output = this.directory.resolve("output.txt");
		Ended sample = Ended.stop(this.directory, () -> Files.readString(output).contains("Publishing 6 sentences"),
				"words");
		assertThat(sample.exitCode()).as(sample.output()).isZero();
		assertThat(sample.output()).doesNotContain("Exception");
	}

	private static S3Client s3(LocalBroker broker) {
		return S3Client.builder()
			.endpointOverride(broker.s3Endpoint())
			.forcePathStyle(true)
			.region(Region.of(broker.region()))
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.build();
	}

	@Test
	@Tag("faults")
	void loadsEachOrderOnceAlthoughItIsKilledInTheMiddle() throws Exception {
		Path folder = this.directory.resolve("in");
		Ended sample = Ended.run(this.directory, "etl", folder.toString(), "--demo");
		assertThat(sample.exitCode()).as(sample.output()).isZero();
		assertThat(sample.output()).containsPattern("== Killed process \\d+ in the middle of orders-3.csv")
			.containsPattern("\norders-3.csv +5000 +0 +2 +\\d+\n")
			.containsPattern("\norders-4.csv +5000 +3 +\\d +\\d+\n")
			.contains("Given up, and in the folder dead: no-header.csv: ")
			.contains("30000 are in the database, 30000 of them different");
		assertThat(folder.resolve("done")).isDirectoryContaining("glob:**/orders-3.csv");
		assertThat(folder.resolve("dead")).isDirectoryContaining("glob:**/no-header.csv");
		assertThat(folder.resolve("rejected")).isDirectoryContaining("glob:**/orders-4-*.csv.reasons");
	}

	@Test
	@Tag("faults")
	void whenStoppedInTheMiddleOfAFileLoadsTheRestOfIt() throws Exception {
		Path folder = Files.createDirectory(this.directory.resolve("in"));
		Files.writeString(folder.resolve("a.csv"),
				"number,customer,amount,placed\n" + IntStream.range(0, 3_000)
					.mapToObj("%d,Ada,12.50,2026-11-28\n"::formatted)
					.collect(Collectors.joining()));
		Path output = this.directory.resolve("output.txt");
		Ended sample = Ended.stop(this.directory, () -> Files.readString(output).contains("1000 orders so far"), "etl",
				folder.toString(), "--delay=500");
		assertThat(sample.exitCode()).as(sample.output()).isZero();
		assertThat(sample.output()).contains("a.csv: 3000 orders\n").doesNotContain("Exception");
		assertThat(folder.resolve("done/a.csv")).exists();
	}

	@Test
	void whenTheFolderIsMissingSaysSo() throws Exception {
		Ended sample = Ended.run(this.directory, "etl", this.directory.resolve("typo").toString(), "--once");
		assertThat(sample.exitCode()).isEqualTo(2);
		assertThat(sample.output()).contains("There is no folder", "typo");
	}

	@Test
	void withoutCommandTellsWhichThereAreAndExitsWithWrongUsage() throws Exception {
		Ended sample = Ended.run(this.directory);
		assertThat(sample.exitCode()).isEqualTo(2);
		assertThat(sample.output()).contains("Usage: java -jar sample-pipeline.jar <command>", "words", "--once",
				"--demand N");
	}

	@Test
	void withUnknownCommandTellsWhichThereAreAndExitsWithWrongUsage() throws Exception {
		Ended sample = Ended.run(this.directory, "letters", "--once");
		assertThat(sample.exitCode()).isEqualTo(2);
		assertThat(sample.output()).contains("There is no command 'letters'", "words");
	}

}
