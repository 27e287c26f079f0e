package io.pubsub.sample.pipeline.etl;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LineSplitter}.
 */
class LineSplitterTests {

	@Test
	void splitsAtCommas() throws BadLineException {
		assertThat(LineSplitter.of("a.csv").split("1, two ,,4")).containsExactly("1", "two", "", "4");
	}

	@Test
	void splitsAtTabsInFilesWhoseNameEndsSo() throws BadLineException {
		assertThat(LineSplitter.of("a.tsv").split("1\ttwo, 2\t")).containsExactly("1", "two, 2", "");
	}

	@Test
	void leavesWhatIsBetweenQuotes() throws BadLineException {
		assertThat(LineSplitter.of("a.csv").split("\"Lovelace, Ada\",\"the \"\"first\"\" one\""))
			.containsExactly("Lovelace, Ada", "the \"first\" one");
	}

	@Test
	void refusesAQuoteWithoutAnEnd() {
		assertThatExceptionOfType(BadLineException.class).isThrownBy(() -> LineSplitter.of("a.csv").split("1,\"2"))
			.withMessage("a quote has no end");
	}

}
