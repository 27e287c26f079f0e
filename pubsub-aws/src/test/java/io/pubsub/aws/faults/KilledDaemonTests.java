package io.pubsub.aws.faults;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a daemon that ends without warning.
 */
@Faults
class KilledDaemonTests {

	private static final int MESSAGES = 5_000;

	// What was handled and is not deleted yet waits in batches of ten: one that fills up,
	// and those that are under way.
	private static final int PENDING_DELETES = 10 + 16 * 10;

	private final HandledLedger ledger = new HandledLedger();

	private final BrokerProcess broker;

	private final TestQueue queue;

	KilledDaemonTests(BrokerProcess broker) {
		this.broker = broker;
		this.queue = broker.createQueue(Duration.ofSeconds(5));
	}

	@Test
	void whenKilledThreeTimesRepeatsNothingButWhatWasInFlight() throws Exception {
		this.queue.sendParcels(MESSAGES);
		int inFlight = killAt(1_000) + killAt(2_000) + killAt(3_000);
		try (DaemonProcess survivor = start()) {
			this.ledger.awaitHandled(MESSAGES);
			Awaitility.await().atMost(Faults.PATIENCE).until(this.queue::isEmpty);
		}
		this.ledger.assertAllHandled(MESSAGES);
		assertThat(this.ledger.duplicates()).isLessThanOrEqualTo(inFlight);
	}

	private int killAt(int handled) throws InterruptedException {
		int before = this.ledger.handled();
		try (DaemonProcess daemon = start()) {
			this.ledger.awaitHandled(Math.max(handled, before + 1));
			daemon.kill();
		}
		int inFlight = this.queue.inFlight();
		assertThat(inFlight).isLessThanOrEqualTo(DaemonProcess.SLOTS + PENDING_DELETES);
		return inFlight;
	}

	private DaemonProcess start() {
		return DaemonProcess.start(this.broker.endpoint(), this.queue, this.ledger);
	}

}
