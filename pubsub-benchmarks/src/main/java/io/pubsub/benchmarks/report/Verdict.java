package io.pubsub.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import io.pubsub.benchmarks.measurement.Figures;
import io.pubsub.benchmarks.pipeline.Setup;
import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Scenario;

/**
 * The targets of this library, as far as they were measured. Code written by hand is a
 * measure and no peer: it does without all that makes a consumer safe.
 */
public final class Verdict {

	// The difference between two runs of the same contender.
	private static final double NOISE = 0.02;

	private static final double OF_RAW = 0.9;

	private static final double OF_TUNED = 1.3;

	private static final double OF_DEFAULT = 2;

	private static final double CPU_OF_RAW = 1.2;

	private static final double REQUESTS = 210;

	private static final double OF_IDEAL = 1.05;

	private static final double OF_HAND_CHUNKS = 0.5;

	private static final double OF_HANDLER = 0.95;

	private static final double ALLOCATION_OF_HAND = 1.5;

	private static final double OF_NAIVE = 3;

	// A message alone waits for its batch, and for nothing else.
	private static final double ALONE_MILLIS = Setup.BATCH_TIME.toMillis() * 1.2;

	private static final double MILLIS = 1_000;

	private final List<Target> targets = new ArrayList<>();

	private final Results results;

	private Verdict(Results results) {
		this.results = results;
	}

	/**
	 * Judge results.
	 * @param results the results
	 * @return the targets, without those that were not measured
	 */
	public static List<Target> of(Results results) {
		Verdict verdict = new Verdict(results);
		for (Contender ours : List.of(Contender.PUBSUB, Contender.PUBSUB_TUNED)) {
			verdict.judge(ours);
		}
		verdict.judgePipeline();
		verdict.atLeast(Scenario.S3_OBJECTS, 1 - NOISE, Figures::messagesPerSecond, Contender.PUBSUB_PIPELINE,
				Contender.RAW, "throughput");
		verdict.judgeTables();
		for (Scenario scenario : Scenario.values()) {
			verdict.compareWithPeers(scenario);
		}
		return List.copyOf(verdict.targets);
	}

	private void judge(Contender ours) {
		boolean tuned = ours == Contender.PUBSUB_TUNED;
		atLeast(Scenario.EMPTY, OF_RAW, Figures::messagesPerSecond, ours, Contender.RAW, "throughput");
		atLeast(Scenario.EMPTY, tuned ? OF_TUNED : OF_DEFAULT, Figures::messagesPerSecond, ours,
				tuned ? Contender.SQS_LISTENER_TUNED : Contender.SQS_LISTENER, "throughput");
		ratio(Scenario.EMPTY, Figures::cpuMicros, ours, Contender.RAW)
			.ifPresent((ratio) -> atMost("empty: CPU per message of %s to raw".formatted(ours), ratio, CPU_OF_RAW));
		for (Scenario loaded : List.of(Scenario.EMPTY, Scenario.SLOW50)) {
			this.results.of(loaded, ours)
				.ifPresent((row) -> atMost("%s: requests of %s per 1,000 messages".formatted(loaded, ours),
						row.median().requestsPerThousand(), REQUESTS));
		}
		this.results.of(Scenario.COLD5S, ours)
			.ifPresent((row) -> atMost("cold5s: time of %s to the ideal".formatted(ours),
					row.median().seconds() * MILLIS / Scenario.COLD5S.ideal(row.messages()).toMillis(), OF_IDEAL));
	}

	private void judgePipeline() {
		Contender ours = Contender.PUBSUB_PIPELINE;
		atLeast(Scenario.PIPELINE, OF_HAND_CHUNKS, Figures::messagesPerSecond, ours, Contender.HAND_CHUNKS,
				"throughput");
		atLeast(Scenario.PIPELINE, 1 - NOISE, Figures::messagesPerSecond, ours, Contender.REACTOR_CHUNKS, "throughput");
		ratio(Scenario.PIPELINE, Figures::allocatedBytes, ours, Contender.HAND)
			.ifPresent((ratio) -> atMost("pipeline: allocation per element of %s to hand".formatted(ours), ratio,
					ALLOCATION_OF_HAND));
		this.results.of(Scenario.PIPELINE, ours)
			.ifPresent((row) -> atMost("pipeline: milliseconds for a message alone in %s".formatted(ours),
					row.median().p50Millis(), ALONE_MILLIS));
		atLeast(Scenario.PIPELINE_SQS, OF_HANDLER, Figures::messagesPerSecond, Contender.PUBSUB_PIPELINE_SCHEMA,
				Contender.PUBSUB, "throughput");
	}

	private void judgeTables() {
		for (Scenario scenario : Scenario.values()) {
			if (scenario.isInDatabase()) {
				atLeast(scenario, OF_NAIVE, Figures::messagesPerSecond, Contender.PUBSUB, Contender.NAIVE,
						"throughput");
				atLeast(scenario, OF_NAIVE, Figures::messagesPerSecond, Contender.PUBSUB_TUNED, Contender.NAIVE,
						"throughput");
			}
		}
	}

	private void compareWithPeers(Scenario scenario) {
		if (scenario.isPaced()) {
			compare(scenario, Figures::p50Millis, false, "p50");
			compare(scenario, Figures::p99Millis, false, "p99");
		}
		else if (!scenario.isInMemory()) {
			compare(scenario, Figures::messagesPerSecond, true, "throughput");
		}
	}

	private void compare(Scenario scenario, ToDoubleFunction<Figures> figure, boolean highest, String name) {
		Optional<Row> ours = best(this.results.of(scenario).stream().filter((row) -> row.contender().isOurs()).toList(),
				figure, highest);
		Optional<Row> peer = best(this.results.of(scenario).stream().filter((row) -> row.contender().isPeer()).toList(),
				figure, highest);
		if (ours.isPresent() && peer.isPresent()) {
			String text = "%s: %s of %s to the best peer, %s".formatted(scenario, name, ours.get().contender(),
					peer.get().contender());
			double ratio = ours.get().ratioTo(peer.get(), figure);
			this.targets.add(new Target(text, ratio, highest ? 1 - NOISE : 1 + NOISE, highest));
		}
	}

	private static Optional<Row> best(List<Row> rows, ToDoubleFunction<Figures> figure, boolean highest) {
		Comparator<Row> order = Comparator.comparingDouble((row) -> figure.applyAsDouble(row.median()));
		return rows.stream().max(highest ? order : order.reversed());
	}

	private void atLeast(Scenario scenario, double limit, ToDoubleFunction<Figures> figure, Contender ours,
			Contender other, String name) {
		ratio(scenario, figure, ours, other).ifPresent((ratio) -> this.targets
			.add(new Target("%s: %s of %s to %s".formatted(scenario, name, ours, other), ratio, limit, true)));
	}

	private void atMost(String text, double value, double limit) {
		this.targets.add(new Target(text, value, limit, false));
	}

	private Optional<Double> ratio(Scenario scenario, ToDoubleFunction<Figures> figure, Contender ours,
			Contender other) {
		return this.results.of(scenario, ours)
			.flatMap((row) -> this.results.of(scenario, other).map((reference) -> row.ratioTo(reference, figure)));
	}

}
