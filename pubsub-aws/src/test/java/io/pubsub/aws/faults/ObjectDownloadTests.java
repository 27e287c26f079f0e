package io.pubsub.aws.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pubsub.Outcome;
import io.pubsub.aws.faults.LineCounts.Count;
import io.pubsub.aws.s3.MissingObject;
import io.pubsub.aws.s3.S3Event;
import io.pubsub.aws.s3.S3Object;
import io.pubsub.aws.s3.S3Objects;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.transport.BackoffPolicy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a pipeline whose way to its objects is bad.
 */
@Faults
class ObjectDownloadTests {

	private static final int OBJECTS = 4;

	// Room for each message once more, if it came again.
	private static final int IN_FLIGHT = 2 * OBJECTS;

	private static final Duration VISIBILITY = Duration.ofSeconds(3);

	private static final String LINE = "0123456789012345678901234567890\n";

	private final AtomicInteger begun = new AtomicInteger();

	private final Set<String> reading = ConcurrentHashMap.newKeySet();

	private final LineCounts counts = new LineCounts();

	private final TestQueue queue;

	private final ObjectBucket bucket;

	private final SqsAsyncClient client;

	private final FaultyRelay relay;

	private final S3Client way;

	ObjectDownloadTests(BrokerProcess broker) throws IOException {
		this.queue = broker.createQueue(VISIBILITY);
		this.bucket = new ObjectBucket(broker.s3Endpoint());
		this.client = SqsClients.at(broker.endpoint());
		this.relay = new FaultyRelay(broker.s3Endpoint());
		this.way = ObjectBucket.clientAt(this.relay.endpoint());
	}

	@AfterEach
	void close() throws IOException {
		this.way.close();
		this.relay.close();
		this.client.close();
		this.bucket.close();
	}

	@Test
	void whenADownloadIsSlowerThanTheVisibilityTimeoutNobodyElseGetsItsMessage() {
		send(10_000);
		// The relay passes 64 KiB at a time.
		this.relay.delay(VISIBILITY.dividedBy(3));
		try (ParcelDaemon one = start(); ParcelDaemon other = start()) {
			awaitEnd();
		}
		assertThat(this.begun).hasValue(OBJECTS);
		assertThat(this.counts.counts()).containsExactlyInAnyOrderElementsOf(expected(10_000));
	}

	@Test
	void whenConnectionsAreCutInTheMiddleOfObjectsCountsEachLine() {
		send(200_000);
		this.relay.resetEvery(20);
		try (ParcelDaemon daemon = start()) {
			awaitEnd();
		}
		assertThat(this.relay.resets()).isGreaterThan(OBJECTS);
		assertThat(this.counts.counts()).hasSizeGreaterThanOrEqualTo(OBJECTS);
		assertThat(Set.copyOf(this.counts.counts())).containsExactlyInAnyOrderElementsOf(expected(200_000));
	}

	@Test
	void whenTheRestOfAnObjectCannotBeFetchedGetsItsMessageAgain() {
		send(10_000);
		this.relay.delay(Duration.ofSeconds(1));
		try (ParcelDaemon daemon = start()) {
			Awaitility.await().atMost(Faults.PATIENCE).until(() -> this.reading.size() == OBJECTS);
			this.relay.cut();
			Awaitility.await().atMost(Faults.PATIENCE).until(() -> this.counts.outcomes().size() >= OBJECTS);
			this.relay.delay(Duration.ZERO);
			this.relay.mend();
			awaitEnd();
		}
		assertThat(this.counts.outcomes()).contains(Outcome.Kind.FAILED);
		assertThat(this.counts.counts()).containsExactlyInAnyOrderElementsOf(expected(10_000));
	}

	private void send(int lines) {
		this.queue.send(IntStream.range(0, OBJECTS)
			.mapToObj((number) -> this.bucket.put(number + ".txt", LINE.repeat(lines + number)))
			.map(ObjectBucket::message)
			.toList());
	}

	private static List<Count> expected(int lines) {
		return IntStream.range(0, OBJECTS).mapToObj((number) -> new Count(number + ".txt", lines + number)).toList();
	}

	private ParcelDaemon start() {
		S3Objects objects = new S3Objects(this.way, MissingObject.RETRY);
		Pipeline pipeline = Pipeline.named("downloads")
			.from(S3Event.class)
			.flatMapIterable(S3Event::objects)
			.mapConcurrently(IN_FLIGHT, (object) -> count(objects, object))
			.to(this.counts::record);
		SqsSourceOptions options = SqsSourceOptions.builder(this.queue.url())
			.concurrency(IN_FLIGHT)
			.backoff(BackoffPolicy.fixed(Duration.ofSeconds(1)))
			.build();
		return ParcelDaemon.startOnObjects(this.client, options, pipeline,
				(receiver) -> receiver.listeners(List.of(this.counts)));
	}

	private Count count(S3Objects objects, S3Object object) throws IOException {
		this.begun.incrementAndGet();
		try (Stream<String> lines = objects.lines(object)) {
			return new Count(object.key(), lines.peek((line) -> this.reading.add(object.key())).count());
		}
	}

	private void awaitEnd() {
		this.counts.awaitSucceeded(OBJECTS);
		Awaitility.await().atMost(Faults.PATIENCE).until(this.queue::isEmpty);
	}

}
