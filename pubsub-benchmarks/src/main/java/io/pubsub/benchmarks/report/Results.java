package io.pubsub.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Scenario;

/**
 * All that was measured.
 *
 * @param rows one for each contender in each scenario, in the order of the scenarios
 */
public record Results(List<Row> rows) {

	public Results {
		rows = List.copyOf(rows);
	}

	/**
	 * Return the results of a scenario.
	 * @param scenario the scenario
	 * @return its rows
	 */
	public List<Row> of(Scenario scenario) {
		return this.rows.stream().filter((row) -> row.scenario() == scenario).toList();
	}

	/**
	 * Return the result of a contender.
	 * @param scenario the scenario
	 * @param contender the contender
	 * @return its row, if it was measured
	 */
	public Optional<Row> of(Scenario scenario, Contender contender) {
		return of(scenario).stream().filter((row) -> row.contender() == contender).findFirst();
	}

	/**
	 * Return the results with those of another scenario.
	 * @param added the rows of the other scenario
	 * @return all rows
	 */
	public Results with(List<Row> added) {
		List<Row> all = new ArrayList<>(this.rows);
		all.addAll(added);
		return new Results(all);
	}

}
