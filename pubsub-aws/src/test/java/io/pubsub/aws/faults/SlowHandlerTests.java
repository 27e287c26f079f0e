package io.pubsub.aws.faults;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.aws.sqs.SqsSourceOptions;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for handlers that take longer than a received message is hidden.
 */
@Faults
class SlowHandlerTests {

	private static final int MESSAGES = 20;

	private static final Duration VISIBILITY = Duration.ofSeconds(2);

	private final AtomicInteger begun = new AtomicInteger();

	private final HandledLedger ledger = new HandledLedger();

	private final CountDownLatch never = new CountDownLatch(1);

	private final BrokerProcess broker;

	private final TestQueue queue;

	SlowHandlerTests(BrokerProcess broker) {
		this.broker = broker;
		this.queue = broker.createQueue(VISIBILITY);
	}

	@Test
	void whenTheHandlerIsTenTimesSlowerThanTheVisibilityTimeoutHandlesEachMessageOnce() {
		// Room for each of them once more, if it came again.
		SqsSourceOptions options = SqsSourceOptions.builder(this.queue.url()).concurrency(2 * MESSAGES).build();
		this.queue.sendParcels(MESSAGES);
		try (SqsAsyncClient client = SqsClients.at(this.broker.endpoint());
				ParcelDaemon daemon = ParcelDaemon.start(client, options, this::handle)) {
			this.ledger.awaitAllHandledOnce(this.queue, MESSAGES);
		}
		assertThat(this.begun).hasValue(MESSAGES);
	}

	private Outcome handle(Parcel parcel, MessageContext context) throws InterruptedException {
		this.begun.incrementAndGet();
		this.never.await(VISIBILITY.multipliedBy(10).toMillis(), TimeUnit.MILLISECONDS);
		this.ledger.record(parcel.number());
		return Outcome.succeeded();
	}

}
