package io.pubsub;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NackException}, {@link SkipMessageException} and
 * {@link IgnoreMessageException}.
 */
class NackExceptionTests {

	@Test
	void hasTheDelayThatWasAskedFor() {
		assertThat(new NackException(Duration.ZERO, "busy").delay()).isZero();
	}

	@Test
	void leavesTheDelayToThePolicy() {
		assertThat(new NackException(null, "busy").delay()).isNull();
	}

	@Test
	void controlFlowHasReasonAndNoStackTrace() {
		assertThat(new NackException(null, "busy")).hasMessage("busy")
			.extracting(Throwable::getStackTrace)
			.isEqualTo(new StackTraceElement[0]);
		assertThat(new SkipMessageException("done")).hasMessage("done")
			.extracting(Throwable::getStackTrace)
			.isEqualTo(new StackTraceElement[0]);
		assertThat(new IgnoreMessageException("not ours")).hasMessage("not ours")
			.extracting(Throwable::getStackTrace)
			.isEqualTo(new StackTraceElement[0]);
	}

}
