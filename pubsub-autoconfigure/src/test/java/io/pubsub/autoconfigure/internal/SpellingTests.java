package io.pubsub.autoconfigure.internal;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Spelling}.
 */
class SpellingTests {

	@ParameterizedTest
	@ValueSource(strings = { "concurency", "concurrencyy", "concurrancy", "cocnurrency", "concurrency", "conurrenci" })
	void findsTheWordThatWasMeant(String word) {
		assertThat(Spelling.nearest(word, List.of("concurrency", "envelope"))).isEqualTo("concurrency");
	}

	@ParameterizedTest
	@ValueSource(strings = { "current", "ttl", "", "envelopes-of-mine" })
	void findsNothingThatIsFar(String word) {
		assertThat(Spelling.nearest(word, List.of("concurrency", "envelope"))).isNull();
	}

	@Test
	void prefersTheNearest() {
		assertThat(Spelling.nearest("handlres", List.of("handles", "handlers"))).isEqualTo("handlers");
	}

	@Test
	void permitsOneMistakeInAShortWord() {
		assertThat(Spelling.nearest("red", List.of("read"))).isEqualTo("read");
		assertThat(Spelling.nearest("rd", List.of("read"))).isNull();
	}

}
