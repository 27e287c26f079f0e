package io.pubsub.benchmarks;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.pubsub.benchmarks.measurement.Figures;
import io.pubsub.benchmarks.measurement.Measurement;
import io.pubsub.benchmarks.process.ChildFailedException;
import io.pubsub.benchmarks.report.Results;
import io.pubsub.benchmarks.report.Row;
import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Scenario;

/**
 * Carries out a plan: the contenders take turns in every round.
 */
final class Benchmark {

	private final List<String> problems = new ArrayList<>();

	private final Meter meter;

	private final Plan plan;

	private final PrintWriter progress;

	Benchmark(Meter meter, Plan plan, PrintWriter progress) {
		this.meter = meter;
		this.plan = plan;
		this.progress = progress;
	}

	Results run() throws InterruptedException {
		Results results = new Results(List.of());
		for (Scenario scenario : this.plan.scenarios()) {
			results = results.with(run(scenario));
		}
		return results;
	}

	private List<Row> run(Scenario scenario) throws InterruptedException {
		Map<Contender, List<Figures>> figures = new EnumMap<>(Contender.class);
		for (int round = 0; round < this.plan.rounds(); round++) {
			for (Contender contender : this.plan.contenders(scenario, round)) {
				measure(scenario, contender, round, figures.computeIfAbsent(contender, (none) -> new ArrayList<>()));
			}
		}
		return figures.entrySet()
			.stream()
			.filter((entry) -> !entry.getValue().isEmpty())
			.map((entry) -> new Row(scenario, entry.getKey(), this.plan.messages(scenario), entry.getValue()))
			.toList();
	}

	private void measure(Scenario scenario, Contender contender, int round, List<Figures> figures)
			throws InterruptedException {
		String turn = "%s, round %d: %s".formatted(scenario, round + 1, contender);
		try {
			Measurement measurement = this.meter.measure(scenario, contender, this.plan.messages(scenario));
			figures.add(measurement.figures());
			this.progress.printf("%s, %.0f msg/s%s%n", turn, measurement.figures().messagesPerSecond(),
					(measurement.duplicates() > 0) ? ", %d duplicates".formatted(measurement.duplicates()) : "");
		}
		catch (ChildFailedException | LostMessagesException ex) {
			this.problems.add("%s. %s".formatted(turn, ex.getMessage()));
			this.progress.println(this.problems.get(this.problems.size() - 1));
		}
		this.progress.flush();
	}

	List<String> problems() {
		return List.copyOf(this.problems);
	}

	/**
	 * Measures a contender once.
	 */
	@FunctionalInterface
	interface Meter {

		/**
		 * Measure.
		 * @param scenario what the contender has to do
		 * @param contender which one
		 * @param messages how many messages are measured
		 * @return what came out
		 * @throws InterruptedException if the thread is interrupted
		 */
		Measurement measure(Scenario scenario, Contender contender, int messages) throws InterruptedException;

	}

}
