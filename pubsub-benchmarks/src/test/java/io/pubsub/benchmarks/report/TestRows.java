package io.pubsub.benchmarks.report;

import java.util.Arrays;
import java.util.List;

import io.pubsub.benchmarks.measurement.Figures;
import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Scenario;

/**
 * Makes rows that differ in what the tests look at.
 */
final class TestRows {

	private TestRows() {
	}

	static Row throughput(Scenario scenario, Contender contender, double messagesPerSecond, double cpuMicros) {
		return new Row(scenario, contender, 200,
				List.of(new Figures(messagesPerSecond, cpuMicros, 205, 1000, 200 / messagesPerSecond, 0, 0, 17, 0)));
	}

	static Row throughputs(Contender contender, double... messagesPerSecond) {
		return new Row(Scenario.EMPTY, contender, 200,
				Arrays.stream(messagesPerSecond)
					.mapToObj((perSecond) -> new Figures(perSecond, 100, 205, 0, 200 / perSecond, 0, 0, 17, 0))
					.toList());
	}

	static Row latency(Contender contender, double p50, double p99) {
		return new Row(Scenario.LATENCY, contender, 500, List.of(new Figures(100, 800, 1100, 0, 5, p50, p99, 17, 0)));
	}

	static Row pipeline(Contender contender, double elementsPerSecond, double allocatedBytes, double aloneMillis) {
		return new Row(Scenario.PIPELINE, contender, 200, List.of(new Figures(elementsPerSecond, 0.5, 0, 0,
				2000 / elementsPerSecond, aloneMillis, aloneMillis + 2, 17, allocatedBytes)));
	}

}
