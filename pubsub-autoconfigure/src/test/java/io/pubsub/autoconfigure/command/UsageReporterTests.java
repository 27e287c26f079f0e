package io.pubsub.autoconfigure.command;

import io.pubsub.autoconfigure.internal.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UsageReporter}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UsageReporterTests {

	private final UsageReporter reporter = new UsageReporter();

	@Test
	void saysWhatIsWrongAndNothingElse(CapturedOutput output) {
		assertThat(this.reporter.reportException(new UsageException("--envelope needs a name"))).isTrue();
		assertThat(output.getErr()).isEqualToIgnoringNewLines("--envelope needs a name");
		assertThat(output.getOut()).isEmpty();
	}

	@Test
	void leavesOtherFailuresToOthers(CapturedOutput output) {
		assertThat(this.reporter.reportException(new IllegalStateException("expected"))).isFalse();
		assertThat(output).isEmpty();
	}

}
