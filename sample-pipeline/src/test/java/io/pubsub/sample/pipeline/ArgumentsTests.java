package io.pubsub.sample.pipeline;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Arguments}.
 */
class ArgumentsTests {

	@Test
	void takesValuesWithAndWithoutASign() {
		assertThat(Arguments.of(List.of("--once", "--demand", "1", "--pipelines=3", "--pubsub.s3.missing=fail")))
			.containsExactly("--once", "--demand=1", "--pipelines=3", "--pubsub.s3.missing=fail");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--demnad=1", "once", "--demand=x", "--pipelines=0", "--output" })
	void refusesWhatItDoesNotKnow(String arg) {
		assertThatIllegalArgumentException().isThrownBy(() -> Arguments.of(List.of(arg))).withMessageContaining(arg);
	}

}
