package io.pubsub.aws.faults;

import java.time.Duration;

import io.pubsub.aws.sqs.SqsSourceOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a daemon whose calls SQS refuses, carries out in part or does not answer.
 */
@Faults
class FailingCallsTests {

	private static final int MESSAGES = 2_000;

	private final HandledLedger ledger = new HandledLedger();

	private final ThrottlingInterceptor throttling = new ThrottlingInterceptor();

	private final PartialFailureInterceptor partialFailures = new PartialFailureInterceptor();

	private final LostAnswerInterceptor lostAnswers = new LostAnswerInterceptor();

	private final TestQueue queue;

	private final SqsAsyncClient client;

	private ParcelDaemon daemon;

	FailingCallsTests(BrokerProcess broker) {
		this.queue = broker.createQueue(Duration.ofSeconds(3));
		this.client = SqsClients.at(broker.endpoint(), this.throttling, this.partialFailures, this.lostAnswers);
	}

	@BeforeEach
	void start() {
		this.queue.sendParcels(MESSAGES);
		this.daemon = ParcelDaemon.start(this.client, SqsSourceOptions.forQueue(this.queue.url()), this.ledger::handle);
	}

	@AfterEach
	void stop() {
		this.daemon.close();
		this.client.close();
	}

	@Test
	void whenCallsFailInEveryWayHandlesEachMessageOnce() {
		this.ledger.awaitAllHandledOnce(this.queue, MESSAGES);
		assertThat(this.partialFailures.failures()).isPositive();
		assertThat(this.lostAnswers.lost()).isPositive();
		assertThat(this.daemon.metrics().settlementRetries()).isPositive();
	}

	@Test
	void whenNothingCanBeDeletedForLongerThanItIsHiddenOnlyDeletesWhatComesAgain() {
		this.throttling.refuseDeletes(true);
		Awaitility.await().atMost(Faults.PATIENCE).until(() -> this.daemon.metrics().rememberedDeletes() > 100);
		this.throttling.refuseDeletes(false);
		this.ledger.awaitAllHandledOnce(this.queue, MESSAGES);
	}

}
