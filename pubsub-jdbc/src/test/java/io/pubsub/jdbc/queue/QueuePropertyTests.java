package io.pubsub.jdbc.queue;

import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Whatever is put, claimed, settled late or twice or never, and whatever the clock does:
 * no message is lost, one settlement of each is accepted, a group keeps its order, and
 * attempts are counted.
 */
class QueuePropertyTests {

	// Each try has a queue of its own.
	private static final DataSource DATABASE = JdbcConnectionPool.create("jdbc:h2:mem:model;DB_CLOSE_DELAY=-1", "sa",
			"");

	@Property(tries = 150)
	void keepsItsPromises(@ForAll("actions") List<QueueModel.Action> actions) {
		QueueModel model = new QueueModel(UUID.randomUUID().toString(), DATABASE);
		actions.forEach(model::act);
		model.finish();
	}

	@Provide
	Arbitrary<List<QueueModel.Action>> actions() {
		Arbitrary<QueueModel.Kind> kinds = Arbitraries.frequency(Tuple.of(6, QueueModel.Kind.PUT),
				Tuple.of(6, QueueModel.Kind.CLAIM), Tuple.of(4, QueueModel.Kind.ACK), Tuple.of(3, QueueModel.Kind.NACK),
				Tuple.of(1, QueueModel.Kind.HAND_BACK), Tuple.of(1, QueueModel.Kind.REJECT),
				Tuple.of(2, QueueModel.Kind.CRASH), Tuple.of(3, QueueModel.Kind.PASS),
				Tuple.of(1, QueueModel.Kind.STEP), Tuple.of(3, QueueModel.Kind.TIDY),
				Tuple.of(2, QueueModel.Kind.RENEW), Tuple.of(1, QueueModel.Kind.RELEASE),
				Tuple.of(1, QueueModel.Kind.DISCARD));
		return Combinators.combine(kinds, Arbitraries.integers().between(0, 1_000))
			.as(QueueModel.Action::new)
			.list()
			.ofMaxSize(80);
	}

}
