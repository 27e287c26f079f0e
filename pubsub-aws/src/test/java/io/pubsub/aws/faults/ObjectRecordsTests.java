package io.pubsub.aws.faults;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.aws.faults.LineCounts.Count;
import io.pubsub.aws.s3.MissingObject;
import io.pubsub.aws.s3.S3Event;
import io.pubsub.aws.s3.S3Object;
import io.pubsub.aws.s3.S3Objects;
import io.pubsub.aws.sqs.SqsDestination;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.pipeline.Mapper;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.transport.BackoffPolicy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a pipeline of objects, from what the queue tells of them to their content.
 */
@Faults
class ObjectRecordsTests {

	private static final int IN_FLIGHT = 5;

	private static final int WRONG = 3 * IN_FLIGHT;

	private static final List<String> KEYS = List.of("a b.gz", "a+b", "100%", "%2B%20", "a%zz", "ä/é/日本語.txt", "😀",
			"a//b/.c..d", "a&b=c?d#e;f", "\"'<>");

	private static final String TEST_EVENT = """
			{"Service": "Amazon S3", "Event": "s3:TestEvent", "Time": "2026-11-28T00:00:00.000Z", "Bucket": "files",
			"RequestId": "5582815E1AEA5ADF", "HostId": "8cLeGAmw098X5cv4"}""";

	private final LineCounts counts = new LineCounts();

	private final BrokerProcess broker;

	private final TestQueue queue;

	private final TestQueue quarantine;

	private final ObjectBucket bucket;

	private final S3Objects objects;

	private final SqsAsyncClient client;

	ObjectRecordsTests(BrokerProcess broker) {
		this.broker = broker;
		this.queue = broker.createQueue(Duration.ofSeconds(30));
		this.quarantine = broker.createQueue(Duration.ofSeconds(30));
		this.bucket = new ObjectBucket(broker.s3Endpoint());
		this.objects = new S3Objects(this.bucket.client(), MissingObject.RETRY);
		this.client = SqsClients.at(broker.endpoint());
	}

	@AfterEach
	void close() {
		this.client.close();
		this.bucket.close();
	}

	@Test
	void whenOneOfSeveralRecordsFailsGetsTheMessageAgainAndEndsItWhenAllHaveSucceeded() {
		this.queue.send(List.of(ObjectBucket.message(this.bucket.put("a", "1\n"), this.bucket.put("b", "1\n2\n"),
				this.bucket.put("c", "1\n2\n3\n"))));
		run(this::failOnce);
		assertThat(this.counts.outcomes()).containsExactly(Outcome.Kind.FAILED, Outcome.Kind.SUCCEEDED);
		assertThat(this.counts.events()).containsSubsequence(Outcome.Kind.FAILED, new Count("b", 2),
				Outcome.Kind.SUCCEEDED);
		assertThat(this.counts.counts()).contains(new Count("a", 1), new Count("c", 3));
		assertThat(this.counts.events()).last().isEqualTo(Outcome.Kind.SUCCEEDED);
	}

	@Test
	void whenTheTestEventComesAcknowledgesItAndGoesOn() {
		this.queue.send(List.of(message(TEST_EVENT), ObjectBucket.message(this.bucket.put("a", "1\n"))));
		run(this::count);
		assertThat(this.counts.outcomes()).containsExactlyInAnyOrder(Outcome.Kind.SKIPPED, Outcome.Kind.SUCCEEDED);
	}

	@Test
	void whenKeysAreOfAnyCharactersReadsTheirObjects() {
		this.queue.send(List.of(ObjectBucket
			.message(KEYS.stream().map((key) -> this.bucket.put(key, "1\n2\n")).toArray(String[]::new))));
		run(this::count);
		assertThat(this.counts.counts()).extracting(Count::key).containsExactlyInAnyOrderElementsOf(KEYS);
		assertThat(this.counts.counts()).extracting(Count::lines).containsOnly(2L);
	}

	@Test
	void whenAGzipFileHasSeveralMembersCountsThoseOfAllThoughNothingIsEverAvailable() {
		this.queue.send(List.of(ObjectBucket.message(this.bucket.put("a.gz", gzip("1\n2\n", "3\n", "", "4\n5\n")))));
		try (S3Client way = ObjectBucket.clientAt(this.broker.s3Endpoint(), new Unavailable())) {
			S3Objects objects = new S3Objects(way, MissingObject.RETRY);
			run((object) -> LineCounts.count(objects, object));
		}
		assertThat(this.counts.counts()).containsExactly(new Count("a.gz", 5));
	}

	@Test
	void whenMoreBodiesThanAreInFlightCannotBeParsedGoesOnFetching() {
		this.queue.send(Collections.nCopies(WRONG, message("{\"Records\": [")));
		this.queue.send(List.of(ObjectBucket.message(this.bucket.put("a", "1\n"))));
		run(this::count);
		assertThat(this.counts.counts()).containsExactly(new Count("a", 1));
		assertThat(this.quarantine.receive(WRONG)).hasSize(WRONG);
	}

	private static SendMessageBatchRequestEntry message(String body) {
		return SendMessageBatchRequestEntry.builder().messageBody(body).build();
	}

	private static byte[] gzip(String... members) {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		Stream.of(members).map(ObjectRecordsTests::member).forEach(file::writeBytes);
		return file.toByteArray();
	}

	private static byte[] member(String text) {
		ByteArrayOutputStream member = new ByteArrayOutputStream();
		try (OutputStream gzip = new GZIPOutputStream(member)) {
			gzip.write(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return member.toByteArray();
	}

	private Count failOnce(S3Object object) throws IOException {
		Count count = count(object);
		if (object.key().equals("b") && Objects.requireNonNull(MessageContext.current()).attempt() == 1) {
			throw new IllegalStateException("expected");
		}
		return count;
	}

	private Count count(S3Object object) throws IOException {
		return LineCounts.count(this.objects, object);
	}

	private void run(Mapper<S3Object, Count> counting) {
		Pipeline pipeline = Pipeline.named("objects")
			.from(S3Event.class)
			.flatMapIterable(S3Event::objects)
			.mapConcurrently(3, counting)
			.to(this.counts::record);
		SqsSourceOptions options = SqsSourceOptions.builder(this.queue.url())
			.concurrency(IN_FLIGHT)
			.backoff(BackoffPolicy.fixed(Duration.ofSeconds(1)))
			.build();
		try (ParcelDaemon daemon = ParcelDaemon.startOnObjects(this.client, options, pipeline,
				(receiver) -> receiver.listeners(List.of(this.counts))
					.deadLetters(new DeadLetters(new SqsDestination(this.client), this.quarantine.url())))) {
			this.counts.awaitSucceeded(1);
			Awaitility.await().atMost(Faults.PATIENCE).until(this.queue::isEmpty);
		}
	}

	/**
	 * Gives contents that come one byte at a time, none of which is ever available.
	 */
	private static final class Unavailable implements ExecutionInterceptor {

		@Override
		public Optional<InputStream> modifyHttpResponseContent(Context.ModifyHttpResponse context,
				ExecutionAttributes attributes) {
			return context.responseBody().map(UnavailableStream::new);
		}

	}

	private static final class UnavailableStream extends FilterInputStream {

		UnavailableStream(InputStream content) {
			super(content);
		}

		@Override
		public int available() {
			return 0;
		}

		@Override
		public int read(byte[] bytes, int offset, int count) throws IOException {
			return super.read(bytes, offset, Math.min(count, 1));
		}

	}

}
