package io.pubsub.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/**
 * The measurements that are to be made.
 *
 * @param rounds the number of times that each contender is measured
 * @param scenarios the scenarios
 * @param contenders the contenders
 * @param messages the number of messages that are measured, if not what suits the
 * scenario
 * @param quick whether the run is only to show that everything works
 */
record Plan(int rounds, Set<Scenario> scenarios, Set<Contender> contenders, @Nullable Integer messages, boolean quick) {

	/** The number of rounds, unless another one is asked for. */
	static final int ROUNDS = 5;

	int messages(Scenario scenario) {
		return (this.messages != null) ? this.messages : scenario.messages(this.quick);
	}

	// In an order that differs from round to round.
	List<Contender> contenders(Scenario scenario, int round) {
		if (scenario.hasServer() && !BenchmarkDatabase.hasServer()) {
			return List.of();
		}
		List<Contender> taking = new ArrayList<>(scenario.contenders());
		taking.retainAll(this.contenders);
		Collections.rotate(taking, round);
		return taking;
	}

}
