package io.pubsub.aws;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.pubsub.MediaTypes;
import io.pubsub.Outcome;
import io.pubsub.aws.s3.MissingObject;
import io.pubsub.aws.s3.S3Event;
import io.pubsub.aws.s3.S3EventEnvelope;
import io.pubsub.aws.s3.S3Object;
import io.pubsub.aws.s3.S3Objects;
import io.pubsub.aws.s3.S3Writer;
import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.test.OutcomeRecorder;
import jakarta.validation.Validation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promise that the parts for S3 keep together: a pipeline reads the objects that a
 * queue tells of, and writes what it makes of them as objects.
 */
abstract class S3PipelineContract {

	private static final String NOTIFICATION = """
			{"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
			"s3": {"bucket": {"name": "%s"}, "object": {"key": "in/%s.txt"}}}]}""";

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final SchemaRegistry schemas = new SchemaRegistry(new MediaTypes("example"), true);

	private final OutcomeRecorder outcomes = new OutcomeRecorder();

	private final Puts puts = new Puts();

	private final Broker broker;

	private final String bucket;

	private final String queueUrl;

	private final S3Objects objects;

	private final S3Client client;

	S3PipelineContract(Broker broker) {
		this.broker = broker;
		this.bucket = broker.createBucket();
		this.queueUrl = broker.createQueue(Duration.ofSeconds(30));
		this.objects = new S3Objects(broker.s3(), MissingObject.FAIL);
		this.client = Broker.s3At(broker.s3Endpoint(), 10, this.puts);
	}

	@AfterEach
	void close() {
		this.client.close();
	}

	@Test
	void writesWhatItMakesOfEachObjectUnderTheKeyOfTheElement() throws IOException {
		put("one", "1\n");
		put("three", "1\n2\n3\n");
		run(List.of("one", "three"));
		assertThat(keys()).containsExactly("in/one.txt", "in/three.txt", "out/one.gz", "out/three.gz");
		assertThat(read(this.objects, "out/three.gz")).isEqualTo("3");
		assertThat(read(this.objects.asStored(), "out/three.gz")).startsWith("\u001f");
	}

	@Test
	void hasOneObjectOfAMessageThatComesTwice() throws IOException {
		put("one", "1\n");
		run(List.of("one", "one"));
		assertThat(keys()).containsExactly("in/one.txt", "out/one.gz");
		assertThat(read(this.objects, "out/one.gz")).isEqualTo("1");
	}

	@Test
	@Tag("conditional-writes")
	void writesAnObjectOnlyOnceThoughItsMessageComesTwice() {
		put("one", "1\n");
		run(List.of("one", "one"));
		assertThat(this.puts.statuses).containsExactlyInAnyOrder(200, 412);
	}

	private void put(String name, String content) {
		this.broker.s3()
			.putObject((request) -> request.bucket(this.bucket).key("in/" + name + ".txt"),
					RequestBody.fromString(content));
	}

	private void run(List<String> told) {
		told.forEach((name) -> this.broker.sqs()
			.sendMessage(
					(request) -> request.queueUrl(this.queueUrl).messageBody(NOTIFICATION.formatted(this.bucket, name)))
			.join());
		ConsumerDaemon daemon = daemon();
		daemon.start();
		Awaitility.await().until(() -> this.outcomes.results().size() >= told.size());
		daemon.stop();
		assertThat(this.outcomes.results()).extracting((result) -> result.outcome().kind())
			.hasSameSizeAs(told)
			.containsOnly(Outcome.Kind.SUCCEEDED);
	}

	private ConsumerDaemon daemon() {
		S3Writer<Count> counts = S3Writer.of(this.client, this.bucket, Count::key, Count::bytes).compressed();
		Pipeline pipeline = Pipeline.named("counts")
			.from(S3Event.class)
			.flatMapIterable(S3Event::objects)
			.mapConcurrently(3, this::count)
			.to(counts::write);
		MessageCodec codec = new MessageCodec(this.mapper, Validation.buildDefaultValidatorFactory().getValidator(),
				this.schemas);
		PipelineReceiver receiver = PipelineReceiver
			.builder(pipeline, new S3EventEnvelope(this.mapper), codec, this.schemas)
			.listeners(List.of(this.outcomes))
			.build();
		SqsSourceOptions options = SqsSourceOptions.builder(this.queueUrl)
			.pollWait(Duration.ofSeconds(1))
			.maxPrefetch(0)
			.build();
		return new ConsumerDaemon(new SqsSource(this.broker.sqs(), options), receiver, Duration.ofSeconds(20));
	}

	private Count count(S3Object object) throws IOException {
		try (Stream<String> lines = this.objects.lines(object)) {
			String name = object.key().replaceAll("^in/|\\.txt$", "");
			return new Count("out/" + name + ".gz", lines.count());
		}
	}

	private List<String> keys() {
		return this.broker.s3()
			.listObjectsV2((request) -> request.bucket(this.bucket))
			.contents()
			.stream()
			.map((object) -> object.key())
			.toList();
	}

	private String read(S3Objects objects, String key) throws IOException {
		try (InputStream content = objects.open(S3Object.of(this.bucket, key))) {
			return new String(content.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/**
	 * What the pipeline writes.
	 *
	 * @param key the key of the object
	 * @param lines the number of lines
	 */
	record Count(String key, long lines) {

		byte[] bytes() {
			return String.valueOf(this.lines).getBytes(StandardCharsets.UTF_8);
		}

	}

	/**
	 * What is answered to each request that puts an object.
	 */
	private static final class Puts implements ExecutionInterceptor {

		private final List<Integer> statuses = new CopyOnWriteArrayList<>();

		@Override
		public void beforeUnmarshalling(Context.BeforeUnmarshalling context, ExecutionAttributes attributes) {
			if (context.httpRequest().method() == SdkHttpMethod.PUT) {
				this.statuses.add(context.httpResponse().statusCode());
			}
		}

	}

}
