package io.pubsub.autoconfigure.command;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.IntNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ContentReader}.
 */
class ContentReaderTests {

	@Test
	void readsTextAndJson() {
		assertThat(reader("").read(List.of("text=a=b", "count:=3")))
			.isEqualTo(Map.of("text", "a=b", "count", IntNode.valueOf(3)));
	}

	@Test
	void readsTheStandardInputWhenAsked() {
		assertThat(reader("{\"text\": \"hello\"}").read(List.of("-"))).isEqualTo(Map.of("text", "hello"));
	}

	@Test
	void keepsTheDigitsOfNumbers() {
		assertThat(reader("{\"price\": 1.10}").read(List.of("-"))).isEqualTo(Map.of("price", new BigDecimal("1.10")));
	}

	@Test
	void hasNothingWithoutFields() {
		assertThat(reader("{").read(List.of())).isEmpty();
	}

	@Test
	void refusesAnInputThatIsNoJsonWithoutQuotingIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> reader("secret").read(List.of("-")))
			.withMessage("The standard input is not a JSON object");
	}

	@Test
	void refusesAFieldWithoutName() {
		assertThatIllegalArgumentException().isThrownBy(() -> reader("").read(List.of("text")))
			.withMessageContaining("'text' is not a field");
	}

	@Test
	void refusesAValueThatIsNoJson() {
		assertThatIllegalArgumentException().isThrownBy(() -> reader("").read(List.of("count:=three")))
			.withMessageContaining("count is not JSON");
	}

	private static ContentReader reader(String input) {
		InputStream bytes = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
		return new ContentReader(bytes);
	}

}
