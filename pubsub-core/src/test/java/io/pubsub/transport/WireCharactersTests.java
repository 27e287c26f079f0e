package io.pubsub.transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WireCharacters}.
 */
class WireCharactersTests {

	@ParameterizedTest(name = "{index}")
	@ValueSource(strings = { "", "plain", "tab\t line\n return\r", "\u007F\u0085\uD7FF\uE000\uFFFD", "\uD83D\uDE00",
			"\uD83F\uDFFE" })
	void letsPassWhatXmlHas(String text) {
		assertThat(WireCharacters.faultOf(text)).isNull();
		assertThat(WireCharacters.escapeInJson(text)).isSameAs(text);
	}

	@ParameterizedTest(name = "{index}")
	@ValueSource(chars = { '\u0000', '\u0008', '\u000B', '\u001F', '\uD800', '\uDBFF', '\uDC00', '\uDFFF', '\uFFFE',
			'\uFFFF' })
	void namesWhatXmlDoesNotHave(char character) {
		assertThat(WireCharacters.faultOf("ab" + character + "c"))
			.isEqualTo("U+%04X at index 2".formatted((int) character));
	}

	@Test
	void tellsHalvesOfSurrogatePairsFromWholeOnes() {
		assertThat(WireCharacters.faultOf("\uD83D\uDE00\uD83D")).isEqualTo("U+D83D at index 2");
		assertThat(WireCharacters.faultOf("\uDE00\uD83D")).isEqualTo("U+DE00 at index 0");
	}

	@ParameterizedTest(name = "{index}")
	@ValueSource(strings = { "\uFFFE", "a\uFFFFb\uFFFF", "\uD83D", "\uDE00\uD83D", "\uD83D\uDE00\uD83D" })
	void escapesWithoutChangingTheMeaning(String text) {
		JsonMapper mapper = JsonMapper.shared();
		String escaped = WireCharacters.escapeInJson(mapper.writeValueAsString(text));
		assertThat(WireCharacters.faultOf(escaped)).isNull();
		assertThat(mapper.readValue(escaped, String.class)).isEqualTo(text);
	}

}
