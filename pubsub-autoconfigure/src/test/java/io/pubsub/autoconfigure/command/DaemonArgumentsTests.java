package io.pubsub.autoconfigure.command;

import java.util.Map;

import io.pubsub.autoconfigure.internal.CommandLineProperties;
import io.pubsub.autoconfigure.internal.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
	void turnsStdinIntoTheSourceAndTheEnvelopeOfTheCodec() {
		assertThat(parse("--stdin").properties()).containsExactly(Map.entry("pubsub.source", "stdin:"),
				Map.entry("pubsub.envelope", "codec"));
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
			.containsEntry("pubsub.envelope", "codec");
	}

	@ParameterizedTest
	@ValueSource(strings = { "stdin:", "file:orders.jsonl" })
	void leavesTheLocalBrokerAloneForAnInput(String input) {
		assertThat(parse("--sqs-queue-url " + input).properties()).containsEntry("pubsub.source", input)
			.doesNotContainKey("pubsub.local.enabled");
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
		assertThat(parse(argument).properties()).containsEntry("pubsub.local.enabled", "true")
			.containsEntry(CommandLineProperties.OWN_BROKER, "true");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--testing --debug", "--testing --sqs-queue-url http://queue" })
	void refusesWhatExcludesEachOther(String arguments) {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> parse(arguments))
			.withMessageContaining("cannot be used together");
	}

	@ParameterizedTest
	@CsvSource({ "--sqs-queue-ur x, --sqs-queue-url", "--sqs_queue_url=x, --sqs-queue-url", "-stdin, --stdin",
			"--tesitng, --testing", "--envelop raw, --envelope" })
	void refusesAFlagThatIsMisspelt(String arguments, String meant) {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> parse(arguments))
			.withMessage("There is no option %s. Is it %s?", arguments.split("[ =]")[0], meant);
	}

	@Test
	void leavesOtherArgumentsAlone() {
		assertThat(parse("--server.port=1 --urls=x file -").properties()).isEmpty();
	}

	private static DaemonArguments parse(String arguments) {
		return DaemonArguments.parse(arguments.split(" "));
	}

}
