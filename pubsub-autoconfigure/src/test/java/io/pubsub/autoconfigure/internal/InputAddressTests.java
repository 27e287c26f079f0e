package io.pubsub.autoconfigure.internal;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link InputAddress}.
 */
class InputAddressTests {

	@ParameterizedTest
	@ValueSource(strings = { "stdin:", "file:orders.jsonl" })
	void isAnInputByItsScheme(String source) {
		assertThat(InputAddress.isInput(source)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "orders.jsonl", "stdin", "https://sqs.eu-central-1.amazonaws.com/1/file" })
	void isNoInputWithoutTheScheme(String source) {
		assertThat(InputAddress.isInput(source)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "file:orders.jsonl, orders.jsonl", "file:/data/a b.jsonl, /data/a b.jsonl",
			"file:///data/orders.jsonl, /data/orders.jsonl" })
	void hasThePath(String source, Path path) {
		assertThat(InputAddress.path(source)).isEqualTo(path);
	}

	@Test
	void givesALineUpAfterFiveDeliveriesUnlessToldOtherwise() {
		assertThat(InputAddress.maxAttempts("stdin:", null)).isEqualTo(5);
		assertThat(InputAddress.maxAttempts("stdin:", 3)).isEqualTo(3);
		assertThat(InputAddress.maxAttempts("orders", null)).isNull();
	}

	@Test
	void refusesAFileWithoutPath() {
		assertThatIllegalArgumentException().isThrownBy(() -> InputAddress.path("file:"))
			.withMessageContaining("needs the path");
	}

}
