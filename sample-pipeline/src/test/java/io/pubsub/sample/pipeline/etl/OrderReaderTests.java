package io.pubsub.sample.pipeline.etl;

import java.math.BigDecimal;
import java.time.LocalDate;

import io.pubsub.RejectMessageException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OrderReader}.
 */
class OrderReaderTests {

	private final LineSplitter splitter = LineSplitter.of("orders.csv");

	@Test
	void readsColumnsInTheOrderOfTheHeader() throws BadLineException {
		OrderReader reader = OrderReader.of(this.splitter, "\uFEFFPlaced,Amount,Note,Customer,Number");
		assertThat(reader.read(7, "2026-11-28,12.50,urgent,Ada,A-1"))
			.isEqualTo(new Order(7, "A-1", "Ada", new BigDecimal("12.50"), LocalDate.of(2026, 11, 28)));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "number,customer,amount", "number;customer;amount;placed", "\"number" })
	void rejectsAFileWithoutTheColumnsInItsHeader(@Nullable String header) {
		assertThatExceptionOfType(RejectMessageException.class).isThrownBy(() -> OrderReader.of(this.splitter, header))
			.withMessageStartingWith("line 1: ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			A-1,Ada,12.50                | it has 3 fields, the header 4
			,Ada,12.50,2026-11-28        | number must have 1 to 40 characters
			A-1,,12.50,2026-11-28        | customer must have 1 to 200 characters
			A-1,Ada,secret,2026-11-28    | amount must be a number above 0, as 12.50
			A-1,Ada,-1,2026-11-28        | amount must be a number above 0, as 12.50
			A-1,Ada,1.005,2026-11-28     | amount must be a number above 0, as 12.50
			A-1,Ada,1e99,2026-11-28      | amount must be a number above 0, as 12.50
			A-1,Ada,12.50,28.11.2026     | placed must be a day, as 2026-11-28
			""")
	void refusesALineThatIsNoOrder(String line, String reason) {
		OrderReader reader = OrderReader.of(this.splitter, "number,customer,amount,placed");
		assertThatExceptionOfType(BadLineException.class).isThrownBy(() -> reader.read(2, line)).withMessage(reason);
	}

}
