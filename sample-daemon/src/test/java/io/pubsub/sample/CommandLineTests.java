package io.pubsub.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the commands and the exit codes of a service.
 */
class CommandLineTests {

	@TempDir
	private Path directory;

	@Test
	void replaysWhatSqsHandedOverToThePeer() throws Exception {
		try (DaemonProcess process = start("replay", "sample-daemon/src/test/resources/microcosm-wire.jsonl",
				"--testing")) {
			assertThat(process.awaitExit()).as(process.output()).isZero();
			assertThat(process.output()).contains("End of microcosm-wire.jsonl: 6 messages handled");
		}
	}

	@Test
	void replaysAFileAndNamesTheLinesThatWereGivenUp() throws Exception {
		Path file = Files.writeString(this.directory.resolve("messages.jsonl"), """
				{"mediaType": "application/vnd.globality.pubsub.simple", "message": "hello", "timestamp": 1.5}
				not a message
				""");
		try (DaemonProcess process = start("replay", file.toString(), "--testing")) {
			assertThat(process.awaitExit()).as(process.output()).isOne();
			assertThat(process.output()).contains("SUCCEEDED", "messages.jsonl:1",
					"End of messages.jsonl: 1 message handled, 1 given up: line 2 (malformed)");
		}
	}

	@Test
	void consumesTheStandardInputUntilItsEnd() throws Exception {
		try (DaemonProcess process = start("--stdin", "--testing")) {
			process.closeInput("""
					{"mediaType": "application/vnd.globality.pubsub.simple", "message": "hello", "timestamp": 1.5}
					""");
			assertThat(process.awaitExit()).as(process.output()).isZero();
			assertThat(process.output()).contains("SUCCEEDED", "End of stdin: 1 message handled");
		}
	}

	@Test
	void printsAMessageAndNothingElse() throws Exception {
		try (DaemonProcess process = start("naive", "--resource-name", "foo", "--uri", "http://example.com/1")) {
			assertThat(process.awaitExit()).as(process.output()).isZero();
			assertThat(process.output().lines()).containsExactly(
					"{\"mediaType\":\"application/vnd.example.pubsub._.created.foo\",\"opaqueData\":{},\"uri\":\"http://example.com/1\"}");
		}
	}

	@Test
	void showsAFolderAndNothingElse() throws Exception {
		Files.writeString(this.directory.resolve("orders.tsv"), "content");
		try (DaemonProcess process = start("folder", "list", this.directory.toString())) {
			assertThat(process.awaitExit()).as(process.output()).isZero();
			assertThat(process.output()).startsWith(this.directory + ": 1 waiting").doesNotContain("Tomcat", "SQS");
		}
		assertThat(this.directory.resolve(".pubsub")).doesNotExist();
	}

	@Test
	void explainsItself() throws Exception {
		try (DaemonProcess process = start("--help")) {
			assertThat(process.awaitExit()).as(process.output()).isZero();
			assertThat(process.output()).contains("Exit codes", "write", "read", "naive", "replay");
		}
	}

	@Test
	void exitsWithTwoOnWrongUsage() throws Exception {
		try (DaemonProcess process = start("read")) {
			assertThat(process.awaitExit()).as(process.output()).isEqualTo(2);
			assertThat(process.output()).contains("--queue-url").doesNotContain("APPLICATION FAILED TO START");
		}
	}

	@Test
	void namesTheKnownEnvelopesAndNothingElse() throws Exception {
		try (DaemonProcess process = start("--stdin", "--envelope", "unknown")) {
			assertThat(process.awaitExit()).as(process.output()).isOne();
			assertThat(process.output()).contains("Known are: codec, raw, naive").doesNotContain("Unable to close");
		}
	}

	private static DaemonProcess start(String... arguments) throws IOException {
		return DaemonProcess.start(SampleDaemon.class, arguments);
	}

}
