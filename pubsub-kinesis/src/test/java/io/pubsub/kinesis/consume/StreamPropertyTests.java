package io.pubsub.kinesis.consume;

import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever order records are settled in, and whenever leases are lost, processes restart
 * and checkpoints fail: none is skipped, checkpoints only move forward, a key keeps its
 * order, and only what was behind the last checkpoint comes again.
 */
class StreamPropertyTests {

	@Property(tries = 150)
	void keepsItsPromises(@ForAll("actions") List<StreamModel.Action> actions) {
		StreamModel model = new StreamModel(3);
		actions.forEach(model::act);
		model.finish();
	}

	@Provide
	Arbitrary<List<StreamModel.Action>> actions() {
		Arbitrary<StreamModel.Kind> kinds = Arbitraries.frequency(Tuple.of(6, StreamModel.Kind.GIVE),
				Tuple.of(8, StreamModel.Kind.ACK), Tuple.of(3, StreamModel.Kind.NACK),
				Tuple.of(1, StreamModel.Kind.RELEASE), Tuple.of(3, StreamModel.Kind.PASS),
				Tuple.of(1, StreamModel.Kind.LOSE), Tuple.of(1, StreamModel.Kind.HAND_OVER),
				Tuple.of(1, StreamModel.Kind.CRASH), Tuple.of(1, StreamModel.Kind.THROTTLE),
				Tuple.of(1, StreamModel.Kind.REPEAT));
		return Combinators.combine(kinds, Arbitraries.integers().between(0, 1_000))
			.as(StreamModel.Action::new)
			.list()
			.ofMaxSize(200);
	}

}
