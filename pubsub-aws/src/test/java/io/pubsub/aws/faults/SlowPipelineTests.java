package io.pubsub.aws.faults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.pipeline.Pipeline;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a pipeline with a step that takes longer than a received message is hidden.
 */
@Faults
class SlowPipelineTests {

	private static final int MESSAGES = 8;

	private static final int WORKERS = 4;

	private static final Duration VISIBILITY = Duration.ofSeconds(2);

	private final AtomicInteger begun = new AtomicInteger();

	private final ItemLedger ledger = new ItemLedger();

	private final CountDownLatch never = new CountDownLatch(1);

	private final BrokerProcess broker;

	private final TestQueue queue;

	SlowPipelineTests(BrokerProcess broker) {
		this.broker = broker;
		this.queue = broker.createQueue(VISIBILITY);
	}

	// Half of them wait in front of the step for as long as the others are in it.
	@Test
	void whenAStepBlocksForLongerThanTheVisibilityTimeoutWorksOnEachMessageOnce() {
		// Room for each of them once more, if it came again.
		SqsSourceOptions options = SqsSourceOptions.builder(this.queue.url()).concurrency(2 * MESSAGES).build();
		Pipeline pipeline = Pipeline.named("slow")
			.from(Parcel.class)
			.mapConcurrently(WORKERS, this::block)
			.flatMap(Parcel::items)
			.to(this.ledger::record);
		this.queue.sendParcels(MESSAGES);
		try (SqsAsyncClient client = SqsClients.at(this.broker.endpoint());
				ParcelDaemon daemon = ParcelDaemon.start(client, options, pipeline,
						(receiver) -> receiver.listeners(List.of(this.ledger)))) {
			this.ledger.awaitAcknowledged(MESSAGES);
			Awaitility.await().atMost(Faults.PATIENCE).until(this.queue::isEmpty);
		}
		this.ledger.assertAllAcknowledgedAfterTheirItems(MESSAGES);
		assertThat(this.ledger.duplicates()).isZero();
		assertThat(this.begun).hasValue(MESSAGES);
	}

	private Parcel block(Parcel parcel) throws InterruptedException {
		this.begun.incrementAndGet();
		this.never.await(VISIBILITY.multipliedBy(3).toMillis(), TimeUnit.MILLISECONDS);
		return parcel;
	}

}
