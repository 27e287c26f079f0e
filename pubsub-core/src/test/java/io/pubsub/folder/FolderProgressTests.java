package io.pubsub.folder;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import io.pubsub.internal.ProgressBar;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FolderProgress}.
 */
class FolderProgressTests {

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private final FolderProgress progress = new FolderProgress(
			new ProgressBar("in", new PrintStream(this.output, true, StandardCharsets.UTF_8)));

	@Test
	void showsWhichPartOfTheFilesIsWorkedOff() {
		this.progress.accept(10);
		this.progress.accept(5);
		assertThat(lastPercent()).isEqualTo("50 %");
	}

	@Test
	void whenMoreComeHasMoreToDo() {
		this.progress.accept(10);
		this.progress.accept(5);
		this.progress.accept(15);
		assertThat(lastPercent()).isEqualTo("25 %");
	}

	@Test
	void whenNothingIsLeftBeginsAgain() {
		this.progress.accept(10);
		this.progress.accept(0);
		assertThat(this.output).asString().endsWith("100 %" + System.lineSeparator());
		this.progress.accept(4);
		assertThat(lastPercent()).isEqualTo("0 %");
	}

	@Test
	void showsNothingOfAnEmptyFolder() {
		this.progress.accept(0);
		assertThat(this.output.size()).isZero();
	}

	private String lastPercent() {
		String shown = this.output.toString(StandardCharsets.UTF_8);
		return shown.substring(shown.lastIndexOf(']') + 1).strip();
	}

}
