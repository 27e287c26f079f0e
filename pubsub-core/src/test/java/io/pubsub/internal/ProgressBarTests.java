package io.pubsub.internal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProgressBar}.
 */
class ProgressBarTests {

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private final PrintStream terminal = new PrintStream(this.output, true, StandardCharsets.UTF_8);

	@Test
	void showsThePercentOfTheBytes() {
		new ProgressBar("orders.jsonl", this.terminal).at(50, 200);
		assertThat(this.output).asString().isEqualTo("\rorders.jsonl [" + "=".repeat(10) + " ".repeat(30) + "]  25 %");
	}

	@Test
	void isDrawnOncePerPercent() {
		ProgressBar bar = new ProgressBar("orders.jsonl", this.terminal);
		bar.at(10, 1000);
		int drawn = this.output.size();
		bar.at(11, 1000);
		assertThat(this.output.size()).isEqualTo(drawn);
	}

	@Test
	void endsTheLineAtTheEnd() {
		new ProgressBar("orders.jsonl", this.terminal).at(200, 200);
		assertThat(this.output).asString().endsWith("100 %" + System.lineSeparator());
	}

	@Test
	void isNotDrawnWithoutATerminal() {
		assertThat(ProgressBar.onTerminal("orders.jsonl")).isNull();
	}

}
