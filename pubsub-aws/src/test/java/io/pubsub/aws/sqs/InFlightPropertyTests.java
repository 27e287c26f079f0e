package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.pubsub.transport.Delivery;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a {@link ReceiveLoop} has in flight after any sequence of events.
 */
class InFlightPropertyTests {

	private static final int SLOTS = 25;

	@Property(tries = 300)
	void countsWhatWasDeliveredAndIsNotSettled(@ForAll @Size(max = 100) List<Event> events) {
		Queue queue = new Queue();
		events.forEach((event) -> {
			queue.happen(event);
			assertThat(queue.fixture.subscription.inFlight()).isEqualTo(queue.unsettled().size());
			assertThat(queue.reserved() + queue.unsettled().size()).isLessThanOrEqualTo(SLOTS);
		});
	}

	@Property(tries = 300)
	void settlesEachMessageOnce(@ForAll @Size(max = 100) List<Event> events) {
		Queue queue = new Queue();
		events.forEach(queue::happen);
		queue.unsettled().forEach(queue::ack);
		queue.fixture.linger();
		assertThat(queue.fixture.subscription.inFlight()).isZero();
		assertThat(queue.fixture.acknowledger.pending()).isZero();
		assertThat(queue.fixture.sqs.deleted()).doesNotHaveDuplicates().hasSize(queue.acked.size());
		assertThat(queue.fixture.sqs.visibilities()).hasSize(queue.nacked.size());
	}

	/**
	 * The events in the life of a loop.
	 */
	enum Event {

		FULL_ANSWER, SMALL_ANSWER, EMPTY_ANSWER, BEGIN, ACK_FIRST, ACK_LAST, ACK_AGAIN, NACK_FIRST, NACK_AGAIN, LINGER

	}

	/**
	 * A loop, and beside it how its messages were settled.
	 */
	private static final class Queue {

		private final SqsFixture fixture = new SqsFixture(SqsFixture.options()
			.toBuilder()
			.concurrency(SLOTS)
			.maxPrefetch(0)
			.visibilityTimeout(Duration.ofHours(1))
			.build()).start();

		private final Set<Delivery> acked = new LinkedHashSet<>();

		private final Set<Delivery> nacked = new LinkedHashSet<>();

		void happen(Event event) {
			switch (event) {
				case FULL_ANSWER -> this.fixture.sqs.answerIfOpen(SqsLimits.BATCH);
				case SMALL_ANSWER -> this.fixture.sqs.answerIfOpen(1);
				case EMPTY_ANSWER -> this.fixture.sqs.answerIfOpen(0);
				case BEGIN -> unsettled().stream().findFirst().ifPresent(Delivery::begin);
				case ACK_FIRST -> unsettled().stream().findFirst().ifPresent(this::ack);
				case ACK_LAST -> unsettled().stream().reduce((first, second) -> second).ifPresent(this::ack);
				case ACK_AGAIN -> this.nacked.forEach(Delivery::ack);
				case NACK_FIRST -> unsettled().stream().findFirst().ifPresent(this::nack);
				case NACK_AGAIN -> this.acked.forEach((delivery) -> delivery.nack(null));
				case LINGER -> this.fixture.linger();
			}
		}

		List<Delivery> unsettled() {
			List<Delivery> unsettled = new ArrayList<>(this.fixture.deliveries);
			unsettled.removeAll(this.acked);
			unsettled.removeAll(this.nacked);
			return unsettled;
		}

		int reserved() {
			return this.fixture.sqs.openLimits().stream().mapToInt(Integer::intValue).sum();
		}

		void ack(Delivery delivery) {
			this.acked.add(delivery);
			delivery.ack();
		}

		void nack(Delivery delivery) {
			this.nacked.add(delivery);
			delivery.nack(null);
		}

	}

}
