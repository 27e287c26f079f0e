package io.pubsub.daemon;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.pubsub.transport.Delivery;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ThreadPoolReceiver}.
 */
class ThreadPoolReceiverTests {

	private final List<String> settlements = new CopyOnWriteArrayList<>();

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final AtomicInteger running = new AtomicInteger();

	private final CountDownLatch gate = new CountDownLatch(1);

	private final ThreadPoolReceiver receiver = new ThreadPoolReceiver(new SlowReceiver(), 2, Thread::new);

	@AfterEach
	void close() {
		this.gate.countDown();
		this.receiver.close(Duration.ofSeconds(5));
	}

	@Test
	void worksOnAsManyDeliveriesAtOnceAsItsConcurrency() {
		open(5);
		Awaitility.await().untilAtomic(this.running, (value) -> assertThat(value).isEqualTo(2));
		Awaitility.await().during(Duration.ofMillis(100)).untilAsserted(() -> assertThat(this.running).hasValue(2));
		this.gate.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(this.settlements).hasSize(5));
	}

	@Test
	void worksOnMoreDeliveriesAtOnceWhenToldSo() {
		open(5);
		this.receiver.concurrency(4);
		Awaitility.await().untilAtomic(this.running, (value) -> assertThat(value).isEqualTo(4));
		assertThat(this.receiver.concurrency()).isEqualTo(4);
	}

	@Test
	void worksOnFewerDeliveriesAtOnceWhenToldSo() {
		open(0);
		this.receiver.concurrency(1);
		receive(3);
		Awaitility.await().during(Duration.ofMillis(100)).untilAsserted(() -> assertThat(this.running).hasValue(1));
	}

	@Test
	void knowsItsThreads() {
		open(1);
		Awaitility.await().untilAsserted(() -> assertThat(this.receiver.threads()).hasSize(1));
		this.gate.countDown();
		this.receiver.close(Duration.ofSeconds(5));
		Awaitility.await().untilAsserted(() -> assertThat(this.receiver.threads()).isEmpty());
	}

	@Test
	void refusesToWorkWithoutConcurrency() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.receiver.concurrency(0))
			.withMessageContaining("not 0");
	}

	@Test
	void waitsForWhatIsAtWorkWhenItIsClosed() {
		open(1);
		Awaitility.await().untilAtomic(this.running, (value) -> assertThat(value).isEqualTo(1));
		this.gate.countDown();
		this.receiver.close(Duration.ofSeconds(5));
		assertThat(this.settlements).containsExactly("ack");
		assertThat(this.events).endsWith("close");
	}

	@Test
	void interruptsWhatIsAtWorkWhenThereIsNoTimeLeft() {
		open(1);
		Awaitility.await().untilAtomic(this.running, (value) -> assertThat(value).isEqualTo(1));
		this.receiver.close(Duration.ZERO);
		Awaitility.await().untilAsserted(() -> assertThat(this.settlements).containsExactly("nack null"));
	}

	@Test
	void handsBackWhatComesWhenItIsNotOpen() {
		receive(1);
		open(0);
		this.receiver.close(Duration.ZERO);
		receive(1);
		assertThat(this.settlements).containsExactly("nack PT0S", "nack PT0S");
	}

	@Test
	void canBeOpenedAgain() {
		open(0);
		this.receiver.close(Duration.ZERO);
		this.gate.countDown();
		open(1);
		Awaitility.await().untilAsserted(() -> assertThat(this.settlements).containsExactly("ack"));
	}

	@Test
	void passesTheLifecycleOn() {
		open(0);
		this.receiver.blocked();
		this.receiver.unblocked();
		this.receiver.drain(Duration.ofSeconds(1));
		this.receiver.resume();
		assertThat(this.receiver.haltReason()).isEqualTo("no more");
		assertThat(this.events).containsExactly("open", "blocked", "unblocked", "drain PT1S", "resume");
	}

	@Test
	void makesProgressWhenItTakesADeliveryOver() {
		AtomicInteger progress = new AtomicInteger();
		this.receiver.open(new Receiver.Host() {

			@Override
			public void progressed() {
				progress.incrementAndGet();
			}

			@Override
			public boolean halted() {
				return false;
			}

		});
		receive(1);
		assertThat(progress).hasValue(1);
	}

	private void open(int deliveries) {
		this.receiver.open(Receiver.Host.NONE);
		receive(deliveries);
	}

	private void receive(int deliveries) {
		for (int i = 0; i < deliveries; i++) {
			this.receiver.receive(new TrackedDelivery(new InboundMessage("m-" + i, "{}"), 1, new Settlements()));
		}
	}

	/**
	 * Works on a delivery until the gate opens.
	 */
	private final class SlowReceiver implements Receiver {

		@Override
		public void receive(Delivery delivery) {
			delivery.begin();
			ThreadPoolReceiverTests.this.running.incrementAndGet();
			try {
				ThreadPoolReceiverTests.this.gate.await();
				delivery.ack();
			}
			catch (InterruptedException ex) {
				delivery.nack(null);
			}
		}

		@Override
		public void open(Host host) {
			ThreadPoolReceiverTests.this.events.add("open");
		}

		@Override
		public void blocked() {
			ThreadPoolReceiverTests.this.events.add("blocked");
		}

		@Override
		public void unblocked() {
			ThreadPoolReceiverTests.this.events.add("unblocked");
		}

		@Override
		public void drain(Duration within) {
			ThreadPoolReceiverTests.this.events.add("drain " + within);
		}

		@Override
		public void close(Duration within) {
			ThreadPoolReceiverTests.this.events.add("close");
		}

		@Override
		public String haltReason() {
			return "no more";
		}

		@Override
		public void resume() {
			ThreadPoolReceiverTests.this.events.add("resume");
		}

	}

	private final class Settlements implements TrackedDelivery.Settler {

		@Override
		public void ack(TrackedDelivery delivery) {
			ThreadPoolReceiverTests.this.settlements.add("ack");
			delivery.complete(Settlement.ACKED);
		}

		@Override
		public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
			ThreadPoolReceiverTests.this.settlements.add("nack " + delay);
			delivery.complete(Settlement.NACKED);
		}

	}

}
