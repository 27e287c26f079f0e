package io.pubsub.benchmarks.report;

import java.util.List;

import io.pubsub.benchmarks.measurement.Figures;
import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Scenario;

/**
 * What a contender achieved in a scenario.
 *
 * @param scenario the scenario
 * @param contender the contender
 * @param messages how many messages were measured in each round
 * @param rounds the figures of each round, at least one
 * @param median their medians
 */
public record Row(Scenario scenario, Contender contender, int messages, List<Figures> rounds, Figures median) {

	/**
	 * Make a row of rounds.
	 * @param scenario the scenario
	 * @param contender the contender
	 * @param messages how many messages were measured in each round
	 * @param rounds the figures of each round, at least one
	 */
	public Row(Scenario scenario, Contender contender, int messages, List<Figures> rounds) {
		this(scenario, contender, messages, List.copyOf(rounds), Figures.median(rounds));
	}

}
