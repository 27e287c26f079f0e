package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.Subscription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JdbcQueue} in H2.
 */
class H2QueueTests extends ServerQueueContract {

	private final QueueDatabase database = QueueDatabase.h2();

	@Override
	QueueDatabase database() {
		return this.database;
	}

	/**
	 * Tests for what steps of the clock do.
	 */
	@Nested
	class WithTheClockOfTheProcess extends ProcessClockContract {

		@Override
		ContractQueue contractQueue() {
			return H2QueueTests.this.contractQueue();
		}

	}

	/**
	 * Tests for what a queue asks of its database, and for when that is down.
	 */
	@Nested
	class WithAFragileDatabase {

		private final FragileDatabase fragile = new FragileDatabase(
				Objects.requireNonNull(H2QueueTests.this.database.dataSource()));

		private final QueueOptions options = new QueueOptions(Duration.ofSeconds(30), 10, Duration.ofMinutes(5),
				Duration.ofSeconds(1));

		private ContractQueue fragileQueue() {
			return new ContractQueue(H2QueueTests.this.database.over(this.fragile), this.options);
		}

		@Test
		void commitsOnceForABatch() {
			QueueStore store = fragileQueue().queue().store();
			this.fragile.reset();
			store.put(IntStream.range(0, 100).mapToObj((i) -> new QueueMessage("text " + i)).toList());
			assertThat(this.fragile.commits()).isOne();
			List<Claim> claims = store.claim(100);
			assertThat(this.fragile.commits()).isEqualTo(2);
			assertThat(store.renew(claims)).isEmpty();
			assertThat(this.fragile.commits()).isEqualTo(3);
			assertThat(store.settle(claims.stream().map(Ending::done).toList())).isEmpty();
			assertThat(this.fragile.commits()).isEqualTo(4);
		}

		@Test
		void commitsForManyMessagesThatEndTogether() {
			JdbcQueue queue = fragileQueue().queue();
			queue.put(IntStream.range(0, 400).mapToObj((i) -> new QueueMessage("text " + i)).toList());
			this.fragile.reset();
			queue.source(100, BackoffPolicy.DEFAULT).start(Delivery::ack);
			Awaitility.await().until(() -> queue.state().outstanding() == 0);
			assertThat(this.fragile.commits()).isLessThan(100);
			queue.destroy();
		}

		// As often as its interval says at most, for as long as nothing is to be tidied.
		@Test
		void looksWithOneStatementWhenIdle() {
			ContractQueue idle = fragileQueue();
			this.fragile.reset();
			idle.queue().source(10, BackoffPolicy.DEFAULT).start(Delivery::ack);
			IntStream.range(0, 12).forEach((i) -> idle.passTime(Duration.ofSeconds(1)));
			assertThat(this.fragile.statements()).isBetween(6, 18);
			idle.queue().destroy();
		}

		@Test
		void losesWhatItCannotExtendWhileTheDatabaseIsDown() throws Exception {
			ContractQueue contractQueue = fragileQueue();
			JdbcQueue queue = contractQueue.queue();
			queue.put("a1");
			Delivery delivery = Objects.requireNonNull(queue.poll(Duration.ZERO));
			assertThat(delivery.begin()).isTrue();
			this.fragile.down(true);
			contractQueue.passTime(this.options.lease());
			assertThat(delivery.isLost()).isTrue();
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> queue.poll(Duration.ZERO));
			this.fragile.down(false);
			assertThat(Objects.requireNonNull(queue.poll(Duration.ZERO)).attempt()).isEqualTo(2);
			delivery.ack();
			assertThat(delivery.settled().toCompletableFuture().join()).isEqualTo(Settlement.LOST);
			queue.destroy();
		}

		@Test
		void goesOnWhenTheDatabaseIsThereAgain() {
			ContractQueue contractQueue = fragileQueue();
			JdbcQueue queue = contractQueue.queue();
			Subscription subscription = queue.source(10, BackoffPolicy.DEFAULT).start(Delivery::ack);
			this.fragile.down(true);
			contractQueue.passTime(Duration.ofSeconds(5));
			this.fragile.down(false);
			queue.put("a1");
			Awaitility.await().until(() -> {
				contractQueue.passTime(Duration.ofSeconds(1));
				return queue.state().outstanding() == 0;
			});
			assertThat(subscription.exhausted().toCompletableFuture()).isNotDone();
			queue.destroy();
		}

	}

}
