package io.pubsub.aws.faults;

import java.io.IOException;
import java.time.Duration;

import io.pubsub.aws.sqs.SqsSourceOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a daemon whose connections to the broker are bad.
 */
@Faults
class BrokenConnectionTests {

	private static final int MESSAGES = 1_000;

	private final HandledLedger ledger = new HandledLedger();

	private final RequestCounter counter = new RequestCounter();

	private final TestQueue queue;

	private final FaultyRelay relay;

	private final SqsAsyncClient client;

	private ParcelDaemon daemon;

	BrokenConnectionTests(BrokerProcess broker) throws IOException {
		this.queue = broker.createQueue(Duration.ofSeconds(4));
		this.relay = new FaultyRelay(broker.endpoint());
		this.client = SqsClients.at(this.relay.endpoint(), this.counter);
	}

	@BeforeEach
	void start() {
		this.daemon = ParcelDaemon.start(this.client, SqsSourceOptions.forQueue(this.queue.url()), this.ledger::handle);
	}

	@AfterEach
	void stop() throws IOException {
		this.daemon.close();
		this.client.close();
		this.relay.close();
	}

	@Test
	void whenTheConnectionIsCutGoesOnAfterwardsAsIfNothingHadHappened() {
		this.queue.sendParcels(MESSAGES);
		this.ledger.awaitHandled(MESSAGES / 4);
		int before = this.counter.requests();
		this.relay.cutFor(Duration.ofSeconds(5));
		Awaitility.await().atMost(Faults.PATIENCE).until(() -> !this.relay.isCut());
		// Up to 16 receives and 16 deletes, each with the attempts of the SDK, and again
		// after ever longer pauses: a busy loop would send thousands.
		assertThat(this.counter.requests() - before).isLessThan(500);
		this.ledger.awaitAllHandledOnce(this.queue, MESSAGES);
	}

	// After a minute the client itself would give such connections up.
	@Test
	@Timeout(45)
	void whenTheConnectionsFallSilentGoesOnWithNewOnes() {
		this.queue.sendParcels(MESSAGES);
		this.ledger.awaitHandled(MESSAGES / 4);
		this.relay.silence();
		this.ledger.awaitAllHandledOnce(this.queue, MESSAGES);
		assertThat(this.counter.requests()).isLessThan(MESSAGES);
	}

	@Test
	void whenAnswersAreResetInTheMiddleGetsTheirMessagesLater() {
		this.relay.resetEvery(10);
		this.queue.sendParcels(MESSAGES);
		this.ledger.awaitAllHandledOnce(this.queue, MESSAGES);
		assertThat(this.relay.resets()).isGreaterThan(10);
		assertThat(this.counter.requests()).isLessThan(MESSAGES);
	}

	@Test
	void whenAnswersAreSlowAsksNoMoreOftenThanBefore() {
		this.relay.delay(Duration.ofMillis(200));
		this.queue.sendParcels(MESSAGES);
		this.ledger.awaitAllHandledOnce(this.queue, MESSAGES);
		assertThat(this.counter.requests()).isLessThan(MESSAGES / 2);
	}

}
