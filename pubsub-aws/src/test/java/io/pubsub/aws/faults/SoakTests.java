package io.pubsub.aws.faults;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

import io.pubsub.MessageContext;
import io.pubsub.NackException;
import io.pubsub.Outcome;
import io.pubsub.aws.sqs.SqsSourceOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a daemon that has run for long.
 */
@Faults
class SoakTests {

	private static final int MESSAGES = 200_000;

	private static final int SAMPLES = 5;

	// So many are on the queue while the next ones are sent.
	private static final int SHARE = 4_000;

	private static final int EVERY_FAILURE = 100;

	private static final long HEAP_TOLERANCE = 2 * 1024 * 1024;

	private static final int THREAD_TOLERANCE = 2;

	// Takes the same room from the first message to the last.
	private final AtomicIntegerArray times = new AtomicIntegerArray(MESSAGES);

	private final AtomicIntegerArray failed = new AtomicIntegerArray(MESSAGES / EVERY_FAILURE);

	private final AtomicInteger handled = new AtomicInteger();

	private final BrokerProcess broker;

	private final TestQueue queue;

	SoakTests(BrokerProcess broker) {
		this.broker = broker;
		this.queue = broker.createQueue(Duration.ofSeconds(30));
	}

	@Test
	void takesNoMoreHeapAndThreadsAfterManyMessagesAndHasNoneInFlightInTheEnd() {
		try (SqsAsyncClient client = SqsClients.at(this.broker.endpoint());
				ParcelDaemon daemon = ParcelDaemon.start(client, SqsSourceOptions.forQueue(this.queue.url()),
						this::handle)) {
			List<Sample> samples = IntStream.range(0, SAMPLES).mapToObj(this::sample).toList();
			Awaitility.await().atMost(Faults.PATIENCE).until(() -> daemon.inFlight() == 0 && this.queue.isEmpty());
			assertFlat(samples);
		}
		assertThat(IntStream.range(0, MESSAGES).map(this.times::get)).containsOnly(1);
	}

	private Sample sample(int part) {
		int from = MESSAGES / SAMPLES * part;
		for (int sent = from; sent < from + MESSAGES / SAMPLES; sent += SHARE) {
			this.queue.sendParcels(sent, sent + SHARE);
			awaitHandled(sent);
		}
		awaitHandled(from + MESSAGES / SAMPLES);
		System.gc();
		return new Sample(heapAfterCollection(), ManagementFactory.getThreadMXBean().getThreadCount());
	}

	private void awaitHandled(int count) {
		Awaitility.await().atMost(Faults.PATIENCE).until(() -> this.handled.get() >= count);
	}

	// The daemon goes on: what it has allocated since says nothing.
	private static long heapAfterCollection() {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.map(MemoryPoolMXBean::getCollectionUsage)
			.filter(Objects::nonNull)
			.mapToLong(MemoryUsage::getUsed)
			.sum();
	}

	private static void assertFlat(List<Sample> samples) {
		// Until the first one classes are loaded. Threads of the SDK end when they have
		// had nothing to do for some seconds.
		long heap = samples.get(1).heap();
		int threads = Math.max(samples.get(0).threads(), samples.get(1).threads());
		assertThat(samples.subList(2, SAMPLES)).allSatisfy((sample) -> {
			assertThat(sample.heap()).isLessThan(heap + HEAP_TOLERANCE);
			assertThat(sample.threads()).isLessThanOrEqualTo(threads + THREAD_TOLERANCE);
		});
	}

	private Outcome handle(Parcel parcel, MessageContext context) {
		if (parcel.number() % EVERY_FAILURE == 0 && this.failed.compareAndSet(parcel.number() / EVERY_FAILURE, 0, 1)) {
			throw new NackException(Duration.ZERO, "expected");
		}
		this.times.incrementAndGet(parcel.number());
		this.handled.incrementAndGet();
		return Outcome.succeeded();
	}

	/**
	 * The resources of the process at a moment.
	 *
	 * @param heap the number of bytes in use after a collection
	 * @param threads the number of threads
	 */
	private record Sample(long heap, int threads) {

	}

}
