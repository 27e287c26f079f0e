package io.pubsub.benchmarks.report;

import java.util.List;
import java.util.Optional;

import io.pubsub.benchmarks.measurement.Figures;
import io.pubsub.benchmarks.scenario.Contender;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the results for other programs.
 */
public final class ResultJson {

	private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private ResultJson() {
	}

	/**
	 * Write results.
	 * @param environment the environment of the measurements
	 * @param results the results
	 * @param problems the problems that came up
	 * @return the JSON
	 */
	public static String write(Environment environment, Results results, List<String> problems) {
		List<Entry> entries = results.rows().stream().map((row) -> entry(results, row)).toList();
		List<Finding> findings = Verdict.of(results)
			.stream()
			.map((target) -> new Finding(target.text(), target.value(), target.limit(), target.isReached()))
			.toList();
		return JSON.writeValueAsString(new Document(environment, entries, findings, problems));
	}

	private static Entry entry(Results results, Row row) {
		Contender reference = row.scenario().reference();
		Optional<Row> other = results.of(row.scenario(), reference);
		return new Entry(row.scenario().toString(), row.contender().toString(),
				row.scenario().concurrency(row.contender()), row.messages(), row.median(), reference.toString(),
				other.map((to) -> row.ratioTo(to, Figures::messagesPerSecond)),
				other.map((to) -> row.ratioTo(to, Figures::cpuMicros)), row.rounds());
	}

	private record Document(Environment environment, List<Entry> results, List<Finding> verdict,
			List<String> problems) {

	}

	private record Entry(String scenario, String contender, int concurrency, int messages, Figures median,
			String reference, Optional<Double> throughputToReference, Optional<Double> cpuToReference,
			List<Figures> rounds) {

	}

	private record Finding(String target, double value, double limit, boolean reached) {

	}

}
