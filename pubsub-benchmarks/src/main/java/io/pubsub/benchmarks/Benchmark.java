package io.pubsub.benchmarks;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

	private final Set<Scenario> warm = EnumSet.noneOf(Scenario.class);

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
			if (scenario.hasBroker()) {
				warmBrokerUp(warmUp(scenario));
			}
			results = results.with(run(scenario));
		}
		return results;
	}

	private static Scenario warmUp(Scenario scenario) {
		if (scenario.hasObjects()) {
			return scenario;
		}
		return scenario.publishes() ? Scenario.PUBLISH_ASYNC : Scenario.EMPTY;
	}

	// Once for all that consume, for all that publish and for all with objects: whoever
	// comes first would
	// find it slower than the others do.
	private void warmBrokerUp(Scenario scenario) throws InterruptedException {
		if (this.warm.add(scenario)) {
			measure(scenario, Contender.RAW, 0, new ArrayList<>());
		}
	}

	private List<Row> run(Scenario scenario) throws InterruptedException {
		Map<Contender, List<Figures>> figures = new EnumMap<>(Contender.class);
		for (int round = 1; round <= this.plan.rounds(); round++) {
			for (Contender contender : this.plan.contenders(scenario, round - 1)) {
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
		String turn = "%s, %s: %s".formatted(scenario, (round > 0) ? "round " + round : "to warm the broker up",
				contender);
		try {
			Measurement measurement = this.meter.measure(scenario, contender, this.plan.messages(scenario));
			figures.add(measurement.figures());
			this.progress.printf("%s, %.0f %s/s%s%n", turn, measurement.figures().messagesPerSecond(),
					scenario.unit().plural(),
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
		 * @param scenario the scenario
		 * @param contender the contender
		 * @param messages the number of messages that are measured
		 * @return the measurement
		 * @throws InterruptedException if the thread is interrupted
		 */
		Measurement measure(Scenario scenario, Contender contender, int messages) throws InterruptedException;

	}

}
