package io.pubsub.benchmarks;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

import io.pubsub.benchmarks.measurement.Measurement;
import io.pubsub.benchmarks.report.Results;
import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Scenario;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Benchmark}.
 */
class BenchmarkTests {

	private final Plan plan = new Plan(2, EnumSet.of(Scenario.EMPTY),
			EnumSet.of(Contender.RAW, Contender.SQS_LISTENER, Contender.PUBSUB), 100, false);

	private final List<Contender> turns = new ArrayList<>();

	private final StringWriter progress = new StringWriter();

	@Test
	void letsTheContendersTakeTurnsAndStartWithAnotherInEachRound() throws InterruptedException {
		benchmark(this::measure).run();
		assertThat(this.turns.subList(1, 7)).containsExactly(Contender.RAW, Contender.SQS_LISTENER, Contender.PUBSUB,
				Contender.PUBSUB, Contender.RAW, Contender.SQS_LISTENER);
	}

	@Test
	void warmsTheBrokerUpWithATurnThatDoesNotCount() throws InterruptedException {
		Results results = benchmark(this::measure).run();
		assertThat(this.turns).hasSize(7).startsWith(Contender.RAW);
		assertThat(this.progress.toString()).startsWith("empty, to warm the broker up: raw");
		assertThat(results.of(Scenario.EMPTY, Contender.RAW))
			.hasValueSatisfying((row) -> assertThat(row.rounds()).hasSize(2));
	}

	@Test
	void keepsEveryRound() throws InterruptedException {
		Results results = benchmark(this::measure).run();
		assertThat(results.rows()).hasSize(3).allSatisfy((row) -> assertThat(row.rounds()).hasSize(2));
	}

	@Test
	void goesOnWithoutAContenderThatLosesMessages() throws InterruptedException {
		Benchmark benchmark = benchmark((scenario, contender, messages) -> {
			if (contender == Contender.RAW) {
				throw new LostMessagesException("raw did 99 of 100 messages in time");
			}
			return measure(scenario, contender, messages);
		});
		benchmark.run();
		assertThat(benchmark.problems()).hasSize(3)
			.element(1)
			.isEqualTo("empty, round 1: raw. raw did 99 of 100 messages in time");
	}

	private Benchmark benchmark(Benchmark.Meter meter) {
		return new Benchmark(meter, this.plan, new PrintWriter(this.progress));
	}

	private Measurement measure(Scenario scenario, Contender contender, int messages) {
		this.turns.add(contender);
		return new Measurement(messages, 0, messages, 1_000_000_000, 1_000_000, 20, 0, 0, 0, 0, 0);
	}

}
