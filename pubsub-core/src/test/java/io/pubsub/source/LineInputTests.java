package io.pubsub.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LineInput}.
 */
class LineInputTests {

	@Test
	void readsLineByLine() throws IOException {
		LineInput input = input("one\ntwo\r\n\nfour");
		assertThat(input.next()).isEqualTo(new Line(1, "one", null));
		assertThat(input.next()).isEqualTo(new Line(2, "two", null));
		assertThat(input.next()).matches(Line::isBlank);
		assertThat(input.next()).isEqualTo(new Line(4, "four", null));
		assertThat(input.next()).isNull();
		assertThat(input.lineNumber()).isEqualTo(4);
	}

	@Test
	void readsALineAsSoonAsItIsThere() throws IOException {
		PipedOutputStream output = new PipedOutputStream();
		LineInput input = new LineInput(new PipedInputStream(output));
		output.write("one\ntw".getBytes(StandardCharsets.UTF_8));
		assertThat(input.next()).isEqualTo(new Line(1, "one", null));
	}

	@Test
	void countsTheBytes() throws IOException {
		LineInput input = input("ä\nrest\n");
		input.next();
		assertThat(input.bytesRead()).isEqualTo(3);
	}

	@Test
	void skipsTheByteOrderMark() throws IOException {
		LineInput input = input("\uFEFF{}\n\uFEFF[]\n");
		assertThat(input.next()).isEqualTo(new Line(1, "{}", null));
		assertThat(input.next()).isEqualTo(new Line(2, "[]", null));
	}

	@Test
	void findsFaultWithALineThatIsNotUtf8() throws IOException {
		LineInput input = new LineInput(new ByteArrayInputStream(new byte[] { 'a', (byte) 0xFF, '\n', 'b', '\n' }));
		assertThat(input.next()).isEqualTo(new Line(1, "", "not UTF-8"));
		assertThat(input.next()).isEqualTo(new Line(2, "b", null));
	}

	@Test
	void findsFaultWithALineThatIsTooLong() throws IOException {
		LineInput input = input("x".repeat(LineInput.LONGEST_LINE + 1) + "\nrest\n");
		assertThat(input.next()).extracting(Line::fault).asString().contains("longer than");
		assertThat(input.next()).isEqualTo(new Line(2, "rest", null));
	}

	private static LineInput input(String text) {
		return new LineInput(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
	}

}
