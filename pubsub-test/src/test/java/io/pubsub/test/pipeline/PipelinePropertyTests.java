package io.pubsub.test.pipeline;

import java.util.List;

import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.test.pipeline.Trial.Event;
import io.pubsub.transport.InboundMessage;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for pipelines of any shape, whatever happens to them: each message is settled
 * once, when the last that was derived from it has ended, by the worst of it.
 */
class PipelinePropertyTests {

	@Property(tries = 150)
	void settlesEachMessageOnceByTheWorstOfItsLeaves(@ForAll("lines") List<Part> parts, @ForAll Part.Ending ending,
			@ForAll("events") List<Event> events, @ForAll("failing") int failing, @ForAll boolean sideDoor,
			@ForAll @IntRange(min = 1, max = 12) int maxInFlight, @ForAll long seed) {
		Ledger ledger = new Ledger(seed, failing, sideDoor);
		Pipeline pipeline = pipeline(parts, ending, new Part.Making(ledger));
		new Trial(sideDoor ? pipeline.onFailure(ledger::takeAside) : pipeline, ledger, seed, maxInFlight).run(events);
		assertThat(ledger.faults()).isEmpty();
	}

	private static Pipeline pipeline(List<Part> parts, Part.Ending ending, Part.Making making) {
		Flow<Item> items = Pipeline.named("random")
			.fromMessages()
			.map((InboundMessage message) -> making.ledger().admit(message.id()));
		return ending.apply(making).apply(Part.addAll(parts, items, making));
	}

	@Provide
	Arbitrary<List<Part>> lines() {
		return line(2);
	}

	@Provide
	Arbitrary<Integer> failing() {
		return Arbitraries.of(0, 10, 100, 1_000);
	}

	@Provide
	Arbitrary<List<Event>> events() {
		return Arbitraries
			.frequency(Tuple.of(6, Event.SEND), Tuple.of(2, Event.SEND_TEN), Tuple.of(2, Event.SEND_TWICE),
					Tuple.of(4, Event.PASS_TIME), Tuple.of(4, Event.WAIT), Tuple.of(3, Event.LOSE),
					Tuple.of(1, Event.LIMIT), Tuple.of(1, Event.PAUSE), Tuple.of(2, Event.RESTART))
			.list()
			.ofMinSize(3)
			.ofMaxSize(20);
	}

	private static Arbitrary<List<Part>> line(int depth) {
		return part(depth).list().ofMaxSize(5);
	}

	private static Arbitrary<Part> part(int depth) {
		Arbitrary<Integer> retries = Arbitraries.of(0, 0, 2);
		Arbitrary<Integer> workers = Arbitraries.integers().between(1, 4);
		Arbitrary<Boolean> flag = Arbitraries.of(true, false);
		Arbitrary<Part> simple = Arbitraries.oneOf(retries.map(Part.Mapping::new),
				Arbitraries.just(new Part.Filtering()),
				Combinators.combine(Arbitraries.of(0, 1, 3, 50), flag).as(Part.Parting::new),
				Combinators.combine(workers, flag, retries).as(Part.Concurrently::new), workers.map(Part.Keyed::new),
				Combinators.combine(Arbitraries.of(1, 2, 7, 100), Arbitraries.of(0, 0, 1, 3), flag)
					.as(Part.Batching::new),
				Combinators.combine(retries, flag).as(Part.Publishing::new));
		if (depth == 0) {
			return simple;
		}
		Arbitrary<Part> branches = Combinators.combine(line(depth - 1), line(depth - 1), flag).as(Part.Routing::new);
		return Arbitraries.frequencyOf(Tuple.of(5, simple), Tuple.of(1, branches));
	}

}
