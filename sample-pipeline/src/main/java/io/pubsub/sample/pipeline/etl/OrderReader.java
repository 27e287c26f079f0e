package io.pubsub.sample.pipeline.etl;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

import io.pubsub.RejectMessageException;
import org.jspecify.annotations.Nullable;

/**
 * Makes orders of the lines of a file, as its header says.
 *
 * @param splitter the splitter of its lines
 * @param columns the names in its header
 */
record OrderReader(LineSplitter splitter, List<String> columns) {

	private static final List<String> NEEDED = List.of("number", "customer", "amount", "placed");

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private static final int LONGEST_NUMBER = 40;

	private static final int LONGEST_NAME = 200;

	private static final int CENTS = 2;

	private static final BigDecimal TOO_MUCH = BigDecimal.TEN.pow(10);

	/**
	 * The reader of the lines below a header.
	 * @param splitter the splitter
	 * @param header the header; {@code null} if the file is empty
	 * @return the reader
	 * @throws RejectMessageException if the header lacks a column
	 */
	static OrderReader of(LineSplitter splitter, @Nullable String header) {
		String line = (header != null) ? header.replaceFirst("^" + BYTE_ORDER_MARK, "") : "";
		try {
			List<String> columns = splitter.split(line.toLowerCase(Locale.ROOT));
			if (columns.containsAll(NEEDED)) {
				return new OrderReader(splitter, columns);
			}
		}
		catch (BadLineException ex) {
			throw new RejectMessageException("line 1: " + ex.getMessage(), ex);
		}
		throw new RejectMessageException("line 1: a header with %s is needed, separated by %s"
			.formatted(String.join(", ", NEEDED), (splitter.separator() != '\t') ? "commas" : "tabs"));
	}

	/**
	 * Reads an order.
	 * @param line the number of the line
	 * @param text the line
	 * @return the order
	 * @throws BadLineException if it is none
	 */
	Order read(int line, String text) throws BadLineException {
		List<String> fields = this.splitter.split(text);
		if (fields.size() != this.columns.size()) {
			throw new BadLineException("it has %d fields, the header %d".formatted(fields.size(), this.columns.size()));
		}
		return new Order(line, text("number", LONGEST_NUMBER, fields), text("customer", LONGEST_NAME, fields),
				amount(field("amount", fields)), placed(field("placed", fields)));
	}

	private String field(String column, List<String> fields) {
		return fields.get(this.columns.indexOf(column));
	}

	private String text(String column, int longest, List<String> fields) throws BadLineException {
		String text = field(column, fields);
		if (text.isEmpty() || text.length() > longest) {
			throw new BadLineException("%s must have 1 to %d characters".formatted(column, longest));
		}
		return text;
	}

	private static BigDecimal amount(String text) throws BadLineException {
		try {
			BigDecimal amount = new BigDecimal(text);
			if (amount.signum() > 0 && amount.scale() <= CENTS && amount.compareTo(TOO_MUCH) < 0) {
				return amount;
			}
		}
		catch (NumberFormatException ex) {
			// It is refused below.
		}
		throw new BadLineException("amount must be a number above 0, as 12.50");
	}

	private static LocalDate placed(String text) throws BadLineException {
		try {
			return LocalDate.parse(text);
		}
		catch (DateTimeException ex) {
			throw new BadLineException("placed must be a day, as 2026-11-28");
		}
	}

}
