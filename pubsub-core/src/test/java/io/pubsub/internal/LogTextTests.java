package io.pubsub.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogText}.
 */
class LogTextTests {

	@Test
	void leavesOrdinaryTextAsItIs() {
		assertThat(LogText.of("order-1 für Zoë: 注文 😀")).isEqualTo("order-1 für Zoë: 注文 😀");
	}

	@Test
	void staysOnOneLine() {
		assertThat(LogText.of("a\nb\rc\u0085d\u2028e\u2029f\u000Bg")).isEqualTo("a b c d e f g");
	}

	@Test
	void steersNoTerminal() {
		assertThat(LogText.of("\u001B[31mred\u009B0m\u0007")).isEqualTo(" [31mred 0m ");
	}

	@Test
	void turnsNoDirectionOfReading() {
		assertThat(LogText.of("a\u202Eb\u2066c\u200Fd")).isEqualTo("a b c d");
	}

	@Test
	void hasNoHalfCharacters() {
		assertThat(LogText.of("a\uD83Db\uFFFE")).isEqualTo("a b ");
	}

	@Test
	void saysHowMuchItLeavesOut() {
		assertThat(LogText.of("abcdef", 4)).isEqualTo("abcd… (2 more characters)");
	}

	@Test
	void countsBytesAndCutsNoCharacterInTwo() {
		assertThat(LogText.of("aé😀b", 6)).isEqualTo("aé… (3 more characters)");
	}

	@Test
	void isBoundedWhateverTheText() {
		assertThat(LogText.of("\uFFFD".repeat(1_000_000), LogText.LINE).getBytes(StandardCharsets.UTF_8))
			.hasSizeLessThan(LogText.LINE + 50);
	}

	@Test
	void namesTheClassOfWhatCannotBeShown() {
		Object broken = new Object() {
			@Override
			public String toString() {
				throw new IllegalStateException("broken");
			}
		};
		assertThat(LogText.of(broken)).isEqualTo(broken.getClass().getName());
	}

	@Test
	void leavesAnOrdinaryExceptionAsItIs() {
		Exception thrown = new IllegalStateException("no stock", new IOException("connection refused"));
		assertThat(LogText.printable(thrown)).isSameAs(thrown);
	}

	@Test
	void cleansTheTextsOfAWholeChain() {
		Exception thrown = new IllegalStateException("no stock", new IOException("HTTP 500\nINFO forged"));
		Throwable printable = LogText.printable(thrown);
		assertThat(printable).hasMessage("java.lang.IllegalStateException: no stock")
			.hasStackTraceContaining("java.io.IOException: HTTP 500 INFO forged");
		assertThat(printable.getStackTrace()).isEqualTo(thrown.getStackTrace());
	}

	@Test
	void cutsTheTextOfAnException() {
		Exception thrown = new NumberFormatException("For input string: " + "9".repeat(1_000_000));
		assertThat(LogText.printable(thrown).getMessage()).hasSizeLessThan(LogText.PART + 50);
	}

	@Test
	void cleansWhatIsSuppressed() {
		Exception thrown = new IllegalStateException("no stock");
		thrown.addSuppressed(new IOException("\u001B[2J"));
		assertThat(LogText.printable(thrown)).hasStackTraceContaining("Suppressed").message().doesNotContain("\u001B");
	}

	@Test
	void showsAnExceptionThatCannotSayWhatItIs() {
		Exception thrown = new Exception() {
			@Override
			public String getMessage() {
				throw new IllegalStateException("broken");
			}
		};
		assertThat(LogText.printable(thrown)).hasMessage(thrown.getClass().getName());
	}

	@Test
	void endsWhereAChainBitesItsTail() {
		Exception inner = new IOException("in\nner");
		Exception outer = new IllegalStateException("outer", inner);
		inner.initCause(outer);
		assertThat(LogText.printable(outer)).hasStackTraceContaining("java.io.IOException: in ner");
	}

}
