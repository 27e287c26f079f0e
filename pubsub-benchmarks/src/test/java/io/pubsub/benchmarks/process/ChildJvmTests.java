package io.pubsub.benchmarks.process;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link ChildJvm}.
 */
class ChildJvmTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final List<String> FAST = List.of("-XX:TieredStopAtLevel=1");

	@Test
	void tellsWhatAChildPrintedThatEndedTooEarly() throws InterruptedException {
		try (ChildJvm child = ChildJvm.start(SilentChild.class, FAST, SilentChild.CRASH)) {
			assertThat(child.await(Signal.READY, PATIENCE)).isEqualTo("as can be");
			assertThatThrownBy(() -> child.await(Signal.RESULT, PATIENCE)).isInstanceOf(ChildFailedException.class)
				.hasMessageContaining("SilentChild ended before its RESULT")
				.hasMessageContaining("this went wrong");
		}
	}

	@Test
	void givesUpOnAChildThatHangs() throws InterruptedException {
		try (ChildJvm child = ChildJvm.start(SilentChild.class, FAST, "hang")) {
			child.await(Signal.READY, PATIENCE);
			assertThatThrownBy(() -> child.await(Signal.RESULT, Duration.ofMillis(1)))
				.isInstanceOf(ChildFailedException.class)
				.hasMessageContaining("gave no RESULT within PT0.001S");
		}
	}

}
