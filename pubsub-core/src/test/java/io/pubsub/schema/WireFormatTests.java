package io.pubsub.schema;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WireFormat}.
 */
class WireFormatTests {

	private final JsonMapper mapper = WireFormat.of(JsonMapper.shared());

	@ParameterizedTest
	@ValueSource(strings = { "0", "\"0\"", "1" })
	void takesNoNumberForAConstantOfAnEnum(String json) {
		assertRefused("color", json);
	}

	@Test
	void takesTheNumbersOfAnEnumThatHasItsOwn() {
		assertThat(read("{\"level\": 7}").level()).isEqualTo(Level.HIGH);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "1", "2" })
	void takesNoNumberForATruthValue(String json) {
		assertRefused("yes", json);
	}

	@ParameterizedTest
	@ValueSource(strings = { "number", "yes", "color", "time", "date", "period", "id", "uri" })
	void takesNoEmptyTextForNoValue(String field) {
		assertRefused(field, "\"\"");
		assertRefused(field, "\" \"");
	}

	@ParameterizedTest
	@CsvSource({ "time, 1700000000000", "time, 1e400", "time, \"1700000000000\"", "local, 1700000000000",
			"date, 20261124", "period, 1700000000000", "period, 1e400", "stamp, 1700000000000000" })
	void takesNoNumberForATimeOfAFarFuture(String field, String json) {
		assertRefused(field, json);
	}

	@Test
	void takesSecondsForATime() {
		assertThat(read("{\"time\": 1700000000.5}").time()).isEqualTo("2023-11-14T22:13:20.500Z");
		assertThat(read("{\"period\": 90}").period()).hasSeconds(90);
		assertThat(read("{\"time\": \"9999-12-31T23:59:59Z\"}").time()).isEqualTo("9999-12-31T23:59:59Z");
	}

	@Test
	void takesTheFormThatAFieldDeclares() {
		assertThat(read("{\"stamp\": \"20261124101500+0000\"}").stamp()).isEqualTo("2026-11-24T10:15:00Z");
	}

	@Test
	void takesNumbersAndTruthValuesWrittenAsText() {
		assertThat(read("{\"number\": \"1\", \"yes\": \"true\"}")).extracting(Values::number, Values::yes)
			.containsExactly(1, true);
	}

	private void assertRefused(String field, String json) {
		assertThatExceptionOfType(MismatchedInputException.class)
			.isThrownBy(() -> read("{\"%s\": %s}".formatted(field, json)));
	}

	private Values read(String json) {
		return this.mapper.treeToValue(this.mapper.readTree(json), Values.class);
	}

	enum Color {

		RED, GREEN

	}

	enum Level {

		LOW(3), HIGH(7);

		@JsonValue
		private final int number;

		Level(int number) {
			this.number = number;
		}

	}

	record Values(@Nullable Integer number, @Nullable Boolean yes, @Nullable Color color, @Nullable Level level,
			@Nullable Instant time, @Nullable OffsetDateTime local, @Nullable LocalDate date, @Nullable Duration period,
			@JsonFormat(pattern = "yyyyMMddHHmmssZ") @Nullable OffsetDateTime stamp, @Nullable UUID id,
			@Nullable URI uri) {
	}

}
