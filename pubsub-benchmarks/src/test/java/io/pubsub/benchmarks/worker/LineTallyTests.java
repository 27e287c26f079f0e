package io.pubsub.benchmarks.worker;

import java.util.ArrayList;
import java.util.List;

import io.pubsub.benchmarks.scenario.LineFile;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link LineTally}.
 */
class LineTallyTests {

	private final LineFile file = new LineFile(7);

	private final List<Integer> counted = new ArrayList<>();

	private final LineTally tally = new LineTally(this.counted::add);

	@Test
	void passesOnWhichObjectWasCounted() {
		this.tally.write(this.file.key(), this.file.lines());
		assertThat(this.counted).containsExactly(7);
		assertThatCode(this.tally::check).doesNotThrowAnyException();
	}

	@Test
	void refusesAWrongCount() {
		this.tally.write(this.file.key(), this.file.lines() - 1);
		assertThatIllegalStateException().isThrownBy(this.tally::check)
			.withMessage("the lines of 1 objects were counted wrong");
	}

}
