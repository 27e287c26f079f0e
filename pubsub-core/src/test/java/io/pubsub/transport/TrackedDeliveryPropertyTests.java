package io.pubsub.transport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TrackedDelivery} in the hands of many threads.
 */
class TrackedDeliveryPropertyTests {

	private static final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterContainer
	static void stop() {
		threads.shutdownNow();
	}

	@Property(tries = 2_000)
	void endsInOneWayAtMostOnce(@ForAll @Size(min = 2, max = 6) List<Step> steps) {
		Ends ends = race(steps);
		boolean mustEnd = steps.stream().anyMatch(Step::settles);
		assertThat(ends.of.get()).isBetween(mustEnd ? 1 : 0, 1);
	}

	@Property(tries = 2_000)
	void isBegunAndRefusedAtMostOnce(@ForAll @Size(min = 2, max = 6) List<Step> steps) {
		Ends ends = race(steps);
		assertThat(ends.begun.get()).isLessThanOrEqualTo(1);
		assertThat(ends.refused.get()).isLessThanOrEqualTo(ends.lost.get());
	}

	private static Ends race(List<Step> steps) {
		Ends ends = new Ends();
		TrackedDelivery delivery = new TrackedDelivery(new InboundMessage("id", "{}"), 1, ends);
		CountDownLatch start = new CountDownLatch(1);
		List<CompletableFuture<Void>> racers = steps.stream()
			.map((step) -> CompletableFuture.runAsync(() -> step.take(start, delivery, ends), threads))
			.toList();
		start.countDown();
		racers.forEach(CompletableFuture::join);
		return ends;
	}

	/**
	 * What a thread may do with a delivery.
	 */
	enum Step {

		BEGIN((delivery, ends) -> delivery.begin()),

		ACK((delivery, ends) -> delivery.ack()),

		NACK((delivery, ends) -> delivery.nack(null)),

		REJECT((delivery, ends) -> delivery.reject("malformed")),

		TAKE_BACK((delivery, ends) -> ends.takenBack(delivery.takeBack())),

		LOSE((delivery, ends) -> ends.lost(delivery.lose()));

		private final Action action;

		Step(Action action) {
			this.action = action;
		}

		boolean settles() {
			return this == ACK || this == NACK || this == REJECT;
		}

		private void take(CountDownLatch start, TrackedDelivery delivery, Ends ends) {
			try {
				start.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			this.action.on(delivery, ends);
		}

	}

	@FunctionalInterface
	private interface Action {

		void on(TrackedDelivery delivery, Ends ends);

	}

	/**
	 * Counts how a delivery ends.
	 */
	private static final class Ends implements TrackedDelivery.Settler {

		private final AtomicInteger of = new AtomicInteger();

		private final AtomicInteger begun = new AtomicInteger();

		private final AtomicInteger lost = new AtomicInteger();

		private final AtomicInteger refused = new AtomicInteger();

		@Override
		public void begun(TrackedDelivery delivery) {
			this.begun.incrementAndGet();
		}

		@Override
		public void ack(TrackedDelivery delivery) {
			this.of.incrementAndGet();
		}

		@Override
		public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
			this.of.incrementAndGet();
		}

		@Override
		public void refused(TrackedDelivery delivery) {
			this.refused.incrementAndGet();
		}

		void takenBack(boolean done) {
			this.of.addAndGet(done ? 1 : 0);
		}

		void lost(boolean done) {
			this.of.addAndGet(done ? 1 : 0);
			this.lost.addAndGet(done ? 1 : 0);
		}

	}

}
