package io.pubsub.benchmarks.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import io.pubsub.benchmarks.measurement.Figures;
import io.pubsub.benchmarks.measurement.Statistics;
import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Scenario;

/**
 * The achievement of a contender in a scenario.
 *
 * @param scenario the scenario
 * @param contender the contender
 * @param messages the number of messages that were measured in each round
 * @param rounds the figures of each round, at least one
 * @param median their medians
 */
public record Row(Scenario scenario, Contender contender, int messages, List<Figures> rounds, Figures median) {

	/**
	 * Make a row of rounds.
	 * @param scenario the scenario
	 * @param contender the contender
	 * @param messages the number of messages that were measured in each round
	 * @param rounds the figures of each round, at least one
	 */
	public Row(Scenario scenario, Contender contender, int messages, List<Figures> rounds) {
		this(scenario, contender, messages, List.copyOf(rounds), Figures.median(rounds));
	}

	/**
	 * Relate a number to that of another contender: round by round, because a machine may
	 * be slower in one round than in the next, and from that the median.
	 * @param reference the row of the other contender
	 * @param figure the number
	 * @return the ratio to the other contender
	 */
	double ratioTo(Row reference, ToDoubleFunction<Figures> figure) {
		if (reference.rounds.size() != this.rounds.size()) {
			return figure.applyAsDouble(this.median) / figure.applyAsDouble(reference.median);
		}
		return Statistics.median(IntStream.range(0, this.rounds.size())
			.mapToDouble((round) -> figure.applyAsDouble(this.rounds.get(round))
					/ figure.applyAsDouble(reference.rounds.get(round)))
			.toArray());
	}

}
