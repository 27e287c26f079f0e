package io.pubsub.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DaemonArguments}.
 */
class DaemonArgumentsTests {

	@ParameterizedTest
	@ValueSource(strings = { "--sqs-queue-url http://queue", "--sqs-queue-url=http://queue",
			"--once --sqs-queue-url http://queue --server.port=1" })
	void readsTheQueueUrl(String arguments) {
		assertThat(parse(arguments).properties()).containsEntry("pubsub.source", "http://queue")
			.containsEntry("pubsub.local.enabled", "false");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--sqs-queue-url", "--sqs-queue-url=", "--sqs-queue-url --debug" })
	void refusesAQueueUrlThatIsMissing(String arguments) {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> parse(arguments))
			.withMessageContaining("--sqs-queue-url needs the URL of a queue")
			.satisfies((ex) -> assertThat(ex.getExitCode()).isEqualTo(2));
	}

	@Test
	void turnsStdinIntoTheSourceAndTheNaiveEnvelope() {
		assertThat(parse("--stdin").properties()).containsExactly(Map.entry("pubsub.source", "stdin:"),
				Map.entry("pubsub.envelope", "naive"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "--envelope raw", "--envelope=raw", "--stdin --envelope raw" })
	void readsTheEnvelope(String arguments) {
		assertThat(parse(arguments).properties()).containsEntry("pubsub.envelope", "raw");
	}

	@Test
	void prefersTheQueueUrlToStdin() {
		assertThat(parse("--sqs-queue-url http://queue --stdin").properties())
			.containsEntry("pubsub.source", "http://queue")
			.containsEntry("pubsub.envelope", "naive");
	}

	@Test
	void refusesAnEnvelopeThatIsMissing() {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> parse("--envelope --debug"))
			.withMessageContaining("--envelope needs a name");
	}

	@Test
	void turnsDebugIntoALogLevel() {
		assertThat(parse("--debug").properties()).containsExactly(Map.entry("logging.level.io.pubsub", "debug"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "--testing", "--testing=true" })
	void turnsTestingIntoTheLocalBroker(String argument) {
		assertThat(parse(argument).properties()).containsExactly(Map.entry("pubsub.local.enabled", "true"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "--testing --debug", "--testing --sqs-queue-url http://queue" })
	void refusesWhatExcludesEachOther(String arguments) {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> parse(arguments))
			.withMessageContaining("cannot be used together");
	}

	@Test
	void leavesOtherArgumentsAlone() {
		assertThat(parse("--server.port=1 --sqs-queue-urls=x file").properties()).isEmpty();
	}

	private static DaemonArguments parse(String arguments) {
		return DaemonArguments.parse(arguments.split(" "));
	}

}
