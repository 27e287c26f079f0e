package io.pubsub.benchmarks.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import io.pubsub.benchmarks.measurement.Figures;
import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Scenario;
import io.pubsub.benchmarks.scenario.Unit;

/**
 * Shows a scenario as a table: the medians of its rounds, and of the ratios to the
 * reference in each.
 */
public final class ResultTable {

	private static final double MILLIS = 1_000;

	private ResultTable() {
	}

	/**
	 * Show a scenario.
	 * @param results all results
	 * @param scenario the scenario, measured at least once
	 * @return the table, with a line that names the scenario
	 */
	public static String render(Results results, Scenario scenario) {
		List<Row> rows = results.of(scenario);
		Optional<Row> reference = results.of(scenario, scenario.reference());
		List<List<String>> cells = new ArrayList<>();
		List<Column> columns = columns(rows.get(0));
		cells.add(columns.stream().map(Column::title).toList());
		for (Row row : rows) {
			cells.add(columns.stream().map((column) -> column.text(row, reference)).toList());
		}
		return "%s: %,d messages, the median of %d rounds%n%s".formatted(scenario, rows.get(0).messages(),
				rows.get(0).rounds().size(), align(cells));
	}

	private static List<Column> columns(Row row) {
		Duration ideal = row.scenario().ideal(row.messages());
		Contender reference = row.scenario().reference();
		Unit unit = row.scenario().unit();
		List<Column> columns = new ArrayList<>(List.of((Column) new Name()));
		if (!row.scenario().isPaced()) {
			columns.add(new Figure(unit.plural() + "/s", "%,.0f", Figures::messagesPerSecond));
			columns.add(new Ratio(reference, Figures::messagesPerSecond));
			columns.add(new Figure("seconds", "%.2f", Figures::seconds));
		}
		if (!ideal.isZero()) {
			columns.add(new Figure("of ideal", "%.3f", (figures) -> figures.seconds() * MILLIS / ideal.toMillis()));
		}
		if (row.scenario().isShared()) {
			return columns;
		}
		columns.addAll(costs(row.scenario()));
		if (row.scenario().isPaced() || row.scenario().isInMemory()) {
			columns.add(new Figure("p50 ms", "%.1f", Figures::p50Millis));
			columns.add(new Figure("p99 ms", "%.1f", Figures::p99Millis));
		}
		columns.add(new Figure("heap MB", "%.0f", Figures::heapMegabytes));
		return columns;
	}

	private static List<Column> costs(Scenario scenario) {
		Contender reference = scenario.reference();
		boolean elements = scenario.unit() == Unit.ELEMENT;
		List<Column> columns = new ArrayList<>();
		columns.add(new Figure("CPU us/" + scenario.unit().singular(), elements ? "%.2f" : "%.0f", Figures::cpuMicros));
		columns.add(new Ratio(reference, Figures::cpuMicros));
		if (elements) {
			columns.add(new Figure("bytes/element", "%.0f", Figures::allocatedBytes));
			columns.add(new Ratio(reference, Figures::allocatedBytes));
		}
		else if (!scenario.isInFolder()) {
			columns.add(new Figure("requests/1000", "%.0f", Figures::requestsPerThousand));
		}
		if (scenario.hasObjects()) {
			columns.add(new Figure("S3 requests/1000", "%.0f", Figures::objectRequestsPerThousand));
		}
		return columns;
	}

	private static String align(List<List<String>> cells) {
		List<Integer> widths = IntStream.range(0, cells.get(0).size())
			.map((column) -> cells.stream().mapToInt((row) -> row.get(column).length()).max().orElse(0))
			.boxed()
			.toList();
		StringBuilder table = new StringBuilder();
		for (List<String> row : cells) {
			StringBuilder line = new StringBuilder();
			for (int i = 0; i < row.size(); i++) {
				String format = (i == 0) ? "%-" + widths.get(i) + "s" : "  %" + widths.get(i) + "s";
				line.append(format.formatted(row.get(i)));
			}
			table.append(line.toString().stripTrailing()).append(System.lineSeparator());
		}
		return table.toString();
	}

	private sealed interface Column {

		String title();

		String text(Row row, Optional<Row> reference);

	}

	private record Name() implements Column {

		@Override
		public String title() {
			return "contender";
		}

		@Override
		public String text(Row row, Optional<Row> reference) {
			return row.contender().toString();
		}

	}

	private record Figure(String title, String format, ToDoubleFunction<Figures> figure) implements Column {

		@Override
		public String text(Row row, Optional<Row> reference) {
			return String.format(Locale.ROOT, this.format, this.figure.applyAsDouble(row.median()));
		}

	}

	private record Ratio(Contender reference, ToDoubleFunction<Figures> figure) implements Column {

		@Override
		public String title() {
			return "of " + this.reference;
		}

		@Override
		public String text(Row row, Optional<Row> reference) {
			return reference.map((other) -> String.format(Locale.ROOT, "%.2f", row.ratioTo(other, this.figure)))
				.orElse("");
		}

	}

}
