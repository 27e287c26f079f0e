package io.pubsub.aws.faults;

import java.time.Duration;

import io.pubsub.Outcome;
import io.pubsub.aws.sqs.SqsSourceOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a daemon whose process stands still for a while.
 */
@Faults
class PausedDaemonTests {

	private static final int MESSAGES = 10;

	private final HandledLedger begunByPaused = new HandledLedger();

	private final HandledLedger handledByOther = new HandledLedger();

	private final BrokerProcess broker;

	private final TestQueue queue;

	PausedDaemonTests(BrokerProcess broker) {
		this.broker = broker;
		this.queue = broker.createQueue(Duration.ofSeconds(4));
	}

	@Test
	void whenResumedBeginsNothingThatIsPastItsVisibility() throws Exception {
		this.queue.sendParcels(MESSAGES);
		try (DaemonProcess paused = DaemonProcess.startHanging(this.broker.endpoint(), this.queue,
				this.begunByPaused)) {
			this.begunByPaused.awaitHandled(2);
			Awaitility.await().atMost(Faults.PATIENCE).until(() -> this.queue.inFlight() == MESSAGES);
			paused.pause();
			handleAllElsewhere();
			paused.resume();
			// What it had would be begun before this one.
			this.queue.sendParcels(MESSAGES, MESSAGES + 1);
			this.begunByPaused.awaitHandled(3);
		}
		assertThat(this.begunByPaused.handled()).isEqualTo(3);
		assertThat(this.begunByPaused.duplicates()).isZero();
	}

	private void handleAllElsewhere() {
		SqsSourceOptions options = SqsSourceOptions.forQueue(this.queue.url());
		try (ParcelDaemon other = ParcelDaemon.start(this.queue.client(), options, (parcel, context) -> {
			this.handledByOther.record(parcel.number());
			return Outcome.succeeded();
		})) {
			this.handledByOther.awaitHandled(MESSAGES);
			Awaitility.await().atMost(Faults.PATIENCE).until(this.queue::isEmpty);
		}
	}

}
