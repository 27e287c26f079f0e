package io.pubsub.sample.pipeline;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Arguments}.
 */
class ArgumentsTests {

	@Test
	void takesValuesWithAndWithoutASign() {
		assertThat(Arguments.of(Command.LINE_COUNTS,
				List.of("--once", "--demand", "1", "--pipelines=3", "--pubsub.s3.missing=fail")))
			.containsExactly("--once=true", "--demand=1", "--pipelines=3", "--pubsub.s3.missing=fail");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--folder=x", "once", "--demand=x", "--pipelines=0", "--output" })
	void refusesWhatItDoesNotKnow(String arg) {
		assertThatIllegalArgumentException().isThrownBy(() -> Arguments.of(Command.LINE_COUNTS, List.of(arg)))
			.withMessageContaining(arg.replaceFirst("=.*", ""))
			.withMessageNotContaining("Did you mean");
	}

	@ParameterizedTest
	@CsvSource({ "--demnad=1,--demand", "--onec,--once", "--sqs-queue,--sqs-queue-url" })
	void namesWhatIsNear(String arg, String near) {
		assertThatIllegalArgumentException().isThrownBy(() -> Arguments.of(Command.LINE_COUNTS, List.of(arg)))
			.withMessage("line-counts has no option '%s'. Did you mean %s?", arg, near);
	}

	@Test
	void takesThePathThatACommandWorksOn() {
		assertThat(Arguments.of(Command.ETL, List.of("in", "--once")))
			.containsExactly("--folder=" + Path.of("in").toAbsolutePath(), "--once=true");
	}

	@ParameterizedTest
	@CsvSource({ "CLICKS,--stream=clicks", "WORDS,--sqs-queue-url=orders", "LINE_COUNTS,--sqs-queue-url=orders" })
	void whenThereIsNoEndRefusesToWaitForIt(Command command, String arg) {
		assertThatIllegalArgumentException().isThrownBy(() -> Arguments.of(command, List.of(arg, "--once")))
			.withMessageStartingWith("There is no demonstration to end after: leave --once out");
	}

	@Test
	void whenThatPathIsMissingRefuses() {
		assertThatIllegalArgumentException().isThrownBy(() -> Arguments.of(Command.ETL, List.of("--once")))
			.withMessage("etl needs a <folder>.");
	}

	@Test
	void refusesOptionsOfAnotherCommand() {
		assertThatIllegalArgumentException().isThrownBy(() -> Arguments.of(Command.WORDS, List.of("--demand=1")))
			.withMessage("words has no option '--demand=1'.");
	}

}
