package io.pubsub.aws.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.pubsub.Outcome;
import io.pubsub.aws.faults.LineCounts.Count;
import io.pubsub.aws.s3.MissingObject;
import io.pubsub.aws.s3.S3Event;
import io.pubsub.aws.s3.S3Object;
import io.pubsub.aws.s3.S3Objects;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.pipeline.Mapper;
import io.pubsub.pipeline.Pipeline;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a pipeline of objects that gets less than it has demanded.
 */
@Faults
class ObjectDemandTests {

	private static final int DEMANDED = 14;

	private final CountDownLatch missing = new CountDownLatch(DEMANDED);

	private final LineCounts counts = new LineCounts();

	private final WrongAnswers wrongAnswers = new WrongAnswers();

	private final TestQueue queue;

	private final ObjectBucket bucket;

	private final S3Objects objects;

	private final SqsAsyncClient client;

	ObjectDemandTests(BrokerProcess broker) {
		this.queue = broker.createQueue(Duration.ofSeconds(4));
		this.bucket = new ObjectBucket(broker.s3Endpoint());
		this.objects = new S3Objects(this.bucket.client(), MissingObject.RETRY);
		this.client = SqsClients.at(broker.endpoint(), this.wrongAnswers);
	}

	@AfterEach
	void close() {
		this.client.close();
		this.bucket.close();
	}

	// No receive brings more than ten, and no object ends before the last has come.
	@ParameterizedTest
	@ValueSource(ints = { 14, 10, 1 })
	void whenAReceiveBringsLessThanIsDemandedFetchesTheRest(int there) {
		send(0, there);
		try (ParcelDaemon daemon = start(this::countWhenAllHaveCome)) {
			Awaitility.await().atMost(Faults.PATIENCE).until(() -> this.missing.getCount() == DEMANDED - there);
			send(there, DEMANDED);
			awaitEnd();
		}
		assertAllCountedOnce();
	}

	// What they brought comes again when it is hidden no more.
	@Test
	void whenTheAnswersToReceivesCannotBeParsedGoesOnFetching() {
		this.wrongAnswers.spoil(3);
		send(0, DEMANDED);
		try (ParcelDaemon daemon = start(this::count)) {
			awaitEnd();
		}
		assertThat(this.wrongAnswers.left()).isZero();
		assertAllCountedOnce();
	}

	private void send(int from, int to) {
		this.queue.send(IntStream.range(from, to)
			.mapToObj((number) -> ObjectBucket.message(this.bucket.put(number + ".txt", "1\n".repeat(number))))
			.toList());
	}

	private ParcelDaemon start(Mapper<S3Object, Count> counting) {
		Pipeline pipeline = Pipeline.named("demand")
			.from(S3Event.class)
			.flatMapIterable(S3Event::objects)
			.mapConcurrently(DEMANDED, counting)
			.to(this.counts::record);
		return ParcelDaemon.startOnObjects(this.client,
				SqsSourceOptions.builder(this.queue.url()).concurrency(DEMANDED).build(), pipeline,
				(receiver) -> receiver.listeners(List.of(this.counts)));
	}

	private Count countWhenAllHaveCome(S3Object object) throws InterruptedException, IOException {
		this.missing.countDown();
		assertThat(this.missing.await(Faults.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		return count(object);
	}

	private Count count(S3Object object) throws IOException {
		return LineCounts.count(this.objects, object);
	}

	private void awaitEnd() {
		this.counts.awaitSucceeded(DEMANDED);
		Awaitility.await().atMost(Faults.PATIENCE).until(this.queue::isEmpty);
	}

	private void assertAllCountedOnce() {
		assertThat(this.counts.outcomes()).containsOnly(Outcome.Kind.SUCCEEDED);
		assertThat(this.counts.counts()).containsExactlyInAnyOrderElementsOf(
				IntStream.range(0, DEMANDED).mapToObj((number) -> new Count(number + ".txt", number)).toList());
	}

}
