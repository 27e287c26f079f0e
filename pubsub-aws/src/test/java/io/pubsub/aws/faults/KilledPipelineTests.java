package io.pubsub.aws.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a pipeline whose process ends without warning.
 */
@Faults
class KilledPipelineTests {

	private static final int MESSAGES = 2_000;

	private static final int ITEMS = MESSAGES * Parcel.ITEMS;

	// What has ended and is not deleted yet waits in batches of ten: one that fills up,
	// and those that are under way.
	private static final int PENDING_DELETES = 10 + 16 * 10;

	private final BrokerProcess broker;

	private final TestQueue queue;

	private final Journal journal;

	KilledPipelineTests(BrokerProcess broker, @TempDir Path directory) throws IOException {
		this.broker = broker;
		this.queue = broker.createQueue(Duration.ofSeconds(5));
		this.journal = new Journal(Files.createFile(directory.resolve("journal")));
	}

	@Test
	void whenKilledThreeTimesEndsEachItemAndRepeatsOnlyThoseOfWhatWasInFlight() throws Exception {
		this.queue.sendParcels(MESSAGES);
		int inFlight = killAt(ITEMS / 5) + killAt(ITEMS / 5 * 2) + killAt(ITEMS / 5 * 3);
		try (PipelineProcess survivor = start()) {
			this.journal.awaitDone(ITEMS);
			Awaitility.await().atMost(Faults.PATIENCE).until(this.queue::isEmpty);
		}
		// An item of a message that was deleted before would never have come again.
		HandledLedger ledger = this.journal.ledger();
		ledger.assertAllHandled(ITEMS);
		assertThat(ledger.duplicates()).isLessThanOrEqualTo(inFlight * Parcel.ITEMS);
	}

	private int killAt(int items) throws InterruptedException {
		int before = this.journal.done();
		try (PipelineProcess pipeline = start()) {
			this.journal.awaitDone(Math.max(items, before + 1));
			pipeline.kill();
		}
		int inFlight = this.queue.inFlight();
		assertThat(inFlight).isBetween(1, PipelineProcess.IN_FLIGHT + PENDING_DELETES);
		return inFlight;
	}

	private PipelineProcess start() {
		return PipelineProcess.start(PipelineProcess.Kind.ITEMS, "pipeline", this.broker.endpoint(), this.queue,
				this.journal);
	}

}
