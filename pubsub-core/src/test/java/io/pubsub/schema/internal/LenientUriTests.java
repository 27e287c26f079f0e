package io.pubsub.schema.internal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LenientUri}.
 */
class LenientUriTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://example.com/a%20b?q=[1]#top", "https://example.com/ä", "urn:isbn:1", "mailto:a@b",
			"/relative?q" })
	void leavesWhatIsLegalAsItIs(String uri) {
		assertThat(LenientUri.parse(uri)).hasToString(uri);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '>', quoteCharacter = '~', textBlock = """
			https://example.com/a b           > https://example.com/a%20b
			https://example.com/?q={y}|z      > https://example.com/?q=%7By%7D%7Cz
			https://example.com/%zz%41%       > https://example.com/%25zz%41%25
			https://example.com/a\\b"`        > https://example.com/a%5Cb%22%60
			https://example.com/[1]?a[]=^     > https://example.com/%5B1%5D?a%5B%5D=%5E
			https://example.com/a#b c#d       > https://example.com/a#b%20c%23d
			mailto:a b                        > mailto:a%20b
			""")
	void escapesWhatIsIllegalBehindTheHost(String uri, String escaped) {
		assertThat(LenientUri.parse(uri)).hasToString(escaped);
	}

	@Test
	void escapesLineBreaksAndSkipsSpaceBeforeTheUri() {
		assertThat(LenientUri.parse(" \nhttps://example.com/a\r\nb\u00a0"))
			.hasToString("https://example.com/a%0D%0Ab%C2%A0");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "https://exa mple.com/", "https://good.example\\@evil.example/", "https://good.example%zz/",
					"https://good.example\r\n.evil.example/", "ht tps://example.com/", "http://[::1/", "https://" })
	void leavesNothingBeforeThePathToChance(String uri) {
		assertThatIllegalArgumentException().isThrownBy(() -> LenientUri.parse(uri));
	}

}
