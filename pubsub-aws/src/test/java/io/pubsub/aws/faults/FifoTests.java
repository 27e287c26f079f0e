package io.pubsub.aws.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.pubsub.MessageContext;
import io.pubsub.NackException;
import io.pubsub.Outcome;
import io.pubsub.aws.sqs.SqsSourceOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the order within the groups of a FIFO queue when handlers fail.
 */
@Faults
class FifoTests {

	private static final int GROUPS = 50;

	private static final int OF_EACH_GROUP = 100;

	private static final int ONE_IN = 10;

	private final Map<Integer, Queue<Integer>> handled = new ConcurrentHashMap<>();

	private final HandledLedger ledger = new HandledLedger();

	private final AtomicInteger failures = new AtomicInteger();

	private final BrokerProcess broker;

	private final TestQueue queue;

	FifoTests(BrokerProcess broker) {
		this.broker = broker;
		this.queue = broker.createFifoQueue(Duration.ofSeconds(30));
	}

	@Test
	void whenHandlersFailAtRandomKeepsTheOrderWithinEachGroup() {
		this.queue.sendInOrder(Parcel.inGroups(GROUPS, OF_EACH_GROUP));
		try (SqsAsyncClient client = SqsClients.at(this.broker.endpoint());
				ParcelDaemon daemon = ParcelDaemon.start(client, SqsSourceOptions.forQueue(this.queue.url()),
						this::handle)) {
			this.ledger.awaitHandled(GROUPS * OF_EACH_GROUP);
			Awaitility.await().atMost(Faults.PATIENCE).until(this.queue::isEmpty);
		}
		assertThat(this.failures).hasValueGreaterThan(GROUPS * OF_EACH_GROUP / ONE_IN / 2);
		assertThat(this.handled).hasSize(GROUPS)
			.allSatisfy((group, parcels) -> assertThat(parcels)
				.containsExactlyElementsOf(Parcel.numbersOf(group, GROUPS, OF_EACH_GROUP)));
	}

	private Outcome handle(Parcel parcel, MessageContext context) {
		// The same ones in every run, however the threads take turns.
		if (new Random(31L * parcel.number() + context.attempt()).nextInt(ONE_IN) == 0) {
			this.failures.incrementAndGet();
			throw new NackException(Duration.ZERO, "expected");
		}
		this.handled.computeIfAbsent(parcel.number() % GROUPS, (group) -> new ConcurrentLinkedQueue<>())
			.add(parcel.number());
		this.ledger.record(parcel.number());
		return Outcome.succeeded();
	}

}
