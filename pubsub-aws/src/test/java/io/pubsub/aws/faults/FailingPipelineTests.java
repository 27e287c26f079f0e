package io.pubsub.aws.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.aws.sqs.SqsDestination;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.OutboundMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a pipeline whose elements fail.
 */
@Faults
class FailingPipelineTests {

	private static final int MESSAGES = 500;

	private static final int ITEMS = MESSAGES * Parcel.ITEMS;

	private static final int ONE_IN = 100;

	private static final int UNCONFIRMED = 100;

	private static final Duration OUTAGE = Duration.ofSeconds(10);

	private static final BackoffPolicy BACKOFF = BackoffPolicy.fixed(Duration.ofSeconds(1));

	private final ItemLedger ledger = new ItemLedger();

	private final BrokerProcess broker;

	private final TestQueue queue;

	private final SqsAsyncClient client;

	FailingPipelineTests(BrokerProcess broker) {
		this.broker = broker;
		this.queue = broker.createQueue(Duration.ofSeconds(30));
		this.client = SqsClients.at(broker.endpoint());
	}

	@AfterEach
	void close() {
		this.client.close();
	}

	@Test
	void whenOneItemInAHundredFailsRepeatsOnlyThoseOfTheMessagesThatWentBack() {
		run((items) -> items.map(FailingPipelineTests::failAtRandom)
			.batch(100, Duration.ofMillis(100))
			.to(this.ledger::recordAll), () -> {
			});
		assertThat(this.ledger.handedBack()).isGreaterThan(ITEMS / ONE_IN / 2);
		assertThat(this.ledger.duplicates()).isLessThan(this.ledger.handedBack() * Parcel.ITEMS);
	}

	// The same ones in every run, however the threads take turns.
	private static int failAtRandom(int item) {
		int attempt = Objects.requireNonNull(MessageContext.current()).attempt();
		if (new Random(31L * item + attempt).nextInt(ONE_IN) == 0) {
			throw new IllegalStateException("expected");
		}
		return item;
	}

	@Test
	void whenTheSinkIsDownForSecondsPublishesTheRestWhenItIsBack() throws IOException {
		TestQueue sink = this.broker.createQueue(Duration.ofMinutes(5));
		try (FaultyRelay relay = new FaultyRelay(this.broker.endpoint());
				SqsAsyncClient way = SqsClients.at(relay.endpoint())) {
			run((items) -> items.publish(new SqsDestination(way), (item) -> letter(sink, item)).to(this.ledger::record),
					() -> {
						this.ledger.awaitDone(ITEMS / 4);
						relay.cutFor(OUTAGE);
					});
		}
		assertThat(this.ledger.handedBack()).isPositive();
		// The client itself repeats what was under way when the connections broke.
		assertThat(sink.visible()).isBetween(ITEMS, ITEMS + this.ledger.handedBack() * Parcel.ITEMS + UNCONFIRMED);
	}

	private static OutboundMessage letter(TestQueue sink, int item) {
		return new OutboundMessage(sink.url(), new MediaType("application/vnd.example.item"), "" + item, Map.of());
	}

	private void run(Function<Flow<Integer>, Pipeline> steps, Runnable meanwhile) {
		Pipeline pipeline = steps.apply(Pipeline.named("failing").from(Parcel.class).flatMap(Parcel::items));
		SqsSourceOptions options = SqsSourceOptions.builder(this.queue.url()).concurrency(50).backoff(BACKOFF).build();
		this.queue.sendParcels(MESSAGES);
		try (ParcelDaemon daemon = ParcelDaemon.start(this.client, options, pipeline,
				(receiver) -> receiver.listeners(List.of(this.ledger)))) {
			meanwhile.run();
			this.ledger.awaitAcknowledged(MESSAGES);
			Awaitility.await().atMost(Faults.PATIENCE).until(this.queue::isEmpty);
		}
		this.ledger.assertAllAcknowledgedAfterTheirItems(MESSAGES);
	}

}
