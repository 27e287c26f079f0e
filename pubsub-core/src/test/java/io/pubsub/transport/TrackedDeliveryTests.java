package io.pubsub.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TrackedDelivery}.
 */
class TrackedDeliveryTests {

	private final Counter settler = new Counter();

	private final TrackedDelivery delivery = delivery(1);

	@Test
	void countsAttemptsFromOne() {
		assertThat(delivery(0).attempt()).isEqualTo(1);
		assertThat(delivery(3).attempt()).isEqualTo(3);
	}

	@Test
	void isBegunOnce() {
		assertThat(this.delivery.begin()).isTrue();
		assertThat(this.delivery.begin()).isFalse();
		assertThat(this.settler.begun).hasValue(1);
	}

	@Test
	void isNotBegunAfterItWasSettled() {
		this.delivery.ack();
		assertThat(this.delivery.begin()).isFalse();
		assertThat(this.settler.begun).hasValue(0);
	}

	@Test
	void isSettledOnceWhenAckedFirst() {
		this.delivery.ack();
		this.delivery.nack(null);
		this.delivery.ack();
		assertThat(this.settler.acked).hasValue(1);
		assertThat(this.settler.nacked).hasValue(0);
	}

	@Test
	void isSettledOnceWhenNackedFirst() {
		this.delivery.nack(null);
		this.delivery.ack();
		assertThat(this.settler.nacked).hasValue(1);
		assertThat(this.settler.acked).hasValue(0);
	}

	@Test
	void isHandedBackWhenReleased() {
		this.delivery.release(null);
		this.delivery.ack();
		assertThat(this.settler.nacked).hasValue(1);
		assertThat(this.settler.acked).hasValue(0);
	}

	@Test
	void isHandedBackWhenRejected() {
		this.delivery.reject("malformed");
		this.delivery.ack();
		assertThat(this.settler.nacked).hasValue(1);
		assertThat(this.settler.acked).hasValue(0);
	}

	@Test
	void isSettledOnceByManyThreads() {
		CompletableFuture<?>[] settlements = IntStream.range(0, 1000)
			.mapToObj((number) -> CompletableFuture
				.runAsync((number % 2 == 0) ? this.delivery::ack : this.delivery::close))
			.toArray(CompletableFuture<?>[]::new);
		CompletableFuture.allOf(settlements).join();
		assertThat(this.settler.acked.get() + this.settler.nacked.get()).isEqualTo(1);
	}

	@Test
	void isTakenBackIfNobodyHasBegun() {
		assertThat(this.delivery.takeBack()).isTrue();
		this.delivery.ack();
		assertThat(this.delivery.begin()).isFalse();
		assertThat(this.settler.acked).hasValue(0);
	}

	@Test
	void isNotTakenBackIfSomebodyHasBegun() {
		this.delivery.begin();
		assertThat(this.delivery.takeBack()).isFalse();
		this.delivery.ack();
		assertThat(this.settler.acked).hasValue(1);
	}

	@Test
	void isNotTakenBackIfSomebodyHasSettled() {
		this.delivery.nack(null);
		assertThat(this.delivery.takeBack()).isFalse();
	}

	@Test
	void isSettledWhenTheSourceSaysSo() {
		this.delivery.ack();
		assertThat(this.delivery.settled().toCompletableFuture()).isNotDone();
		this.delivery.complete(Settlement.ACKED);
		assertThat(this.delivery.settled().toCompletableFuture()).isCompletedWithValue(Settlement.ACKED);
	}

	@Test
	void keepsTheFirstSettlementThatTheSourceTells() {
		this.delivery.complete(Settlement.LOST);
		this.delivery.complete(Settlement.ACKED);
		assertThat(this.delivery.settled().toCompletableFuture()).isCompletedWithValue(Settlement.LOST);
	}

	@Test
	void isSettledByNobodyButTheSource() {
		this.delivery.settled().toCompletableFuture().complete(Settlement.ACKED);
		assertThat(this.delivery.settled().toCompletableFuture()).isNotDone();
	}

	@Test
	void isLostWhileSomebodyWorksOnIt() {
		this.delivery.begin();
		assertThat(this.delivery.lose()).isTrue();
		assertThat(this.delivery.isLost()).isTrue();
		assertThat(this.delivery.settled().toCompletableFuture()).isCompletedWithValue(Settlement.LOST);
	}

	@Test
	void isNotLostBeforeItIsBegunOrAfterItIsSettled() {
		assertThat(this.delivery.lose()).isFalse();
		this.delivery.begin();
		this.delivery.ack();
		assertThat(this.delivery.lose()).isFalse();
		assertThat(this.delivery.isLost()).isFalse();
		assertThat(this.settler.acked).hasValue(1);
	}

	@Test
	void refusesOnceToBeSettledAfterItWasLost() {
		this.delivery.begin();
		this.delivery.lose();
		this.delivery.ack();
		this.delivery.close();
		assertThat(this.settler.refused).hasValue(1);
		assertThat(this.settler.acked.get() + this.settler.nacked.get()).isZero();
		assertThat(this.delivery.isLost()).isTrue();
	}

	@Test
	void isLostAndHandedBackWhenAbandoned() {
		this.delivery.begin();
		assertThat(this.delivery.abandon()).isTrue();
		assertThat(this.delivery.isLost()).isTrue();
		assertThat(this.settler.nacked).hasValue(1);
	}

	@Test
	void refusesToBeSettledAfterItWasAbandoned() {
		this.delivery.begin();
		this.delivery.abandon();
		this.delivery.ack();
		assertThat(this.settler.refused).hasValue(1);
		assertThat(this.settler.acked).hasValue(0);
	}

	@Test
	void isNotAbandonedBeforeItIsBegunOrAfterItIsSettled() {
		assertThat(this.delivery.abandon()).isFalse();
		this.delivery.begin();
		this.delivery.ack();
		assertThat(this.delivery.abandon()).isFalse();
		assertThat(this.settler.nacked).hasValue(0);
	}

	@Test
	void tellsOnceThatItIsLost() {
		AtomicInteger told = new AtomicInteger();
		this.delivery.onLost(told::incrementAndGet);
		this.delivery.begin();
		assertThat(told).hasValue(0);
		this.delivery.lose();
		this.delivery.lose();
		assertThat(told).hasValue(1);
	}

	@Test
	void tellsAtOnceThatItWasLost() {
		this.delivery.begin();
		this.delivery.lose();
		AtomicInteger told = new AtomicInteger();
		this.delivery.onLost(told::incrementAndGet);
		assertThat(told).hasValue(1);
	}

	@Test
	void isNotBegunWhenTheHoldOnItHasEnded() {
		this.settler.holdEnded = true;
		assertThat(this.delivery.begin()).isFalse();
		assertThat(this.settler.begun).hasValue(0);
	}

	@Test
	void isLostToWhoeverAsksWhenTheHoldOnItHasEnded() {
		this.delivery.begin();
		this.settler.holdEnded = true;
		assertThat(this.delivery.isLost()).isTrue();
	}

	@Test
	void refusesToBeSettledWhenTheHoldOnItHasEnded() {
		this.delivery.begin();
		this.settler.holdEnded = true;
		this.delivery.ack();
		assertThat(this.settler.acked).hasValue(0);
		assertThat(this.settler.refused).hasValue(1);
	}

	@Test
	void isWrittenWithoutTheBody() {
		assertThat(this.delivery).hasToString("Delivery[id-1, attempt 1, WAITING]");
	}

	private TrackedDelivery delivery(int attempt) {
		return new TrackedDelivery(new InboundMessage("id-1", "secret"), attempt, this.settler);
	}

	private static final class Counter implements TrackedDelivery.Settler {

		private final AtomicInteger begun = new AtomicInteger();

		private final AtomicInteger acked = new AtomicInteger();

		private final AtomicInteger nacked = new AtomicInteger();

		private final AtomicInteger refused = new AtomicInteger();

		private volatile boolean holdEnded;

		@Override
		public void checkHold(TrackedDelivery delivery) {
			boolean unused = this.holdEnded && (delivery.takeBack() || delivery.lose());
		}

		@Override
		public void refused(TrackedDelivery delivery) {
			this.refused.incrementAndGet();
		}

		@Override
		public void begun(TrackedDelivery delivery) {
			this.begun.incrementAndGet();
		}

		@Override
		public void ack(TrackedDelivery delivery) {
			this.acked.incrementAndGet();
		}

		@Override
		public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
			this.nacked.incrementAndGet();
		}

	}

}
