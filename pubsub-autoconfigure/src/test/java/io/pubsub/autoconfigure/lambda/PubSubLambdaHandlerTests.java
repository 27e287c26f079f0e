package io.pubsub.autoconfigure.lambda;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.pubsub.Handles;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Source;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link PubSubLambdaHandler}.
 */
class PubSubLambdaHandlerTests {

	private static final String EVENT = """
			{"Records": [
			  {"messageId": "message-1", "eventSource": "aws:sqs", "attributes": {},
			   "body": "{\\"mediaType\\": \\"text/news\\", \\"text\\": \\"tea\\"}"},
			  {"messageId": "message-2", "eventSource": "aws:sqs", "attributes": {}, "body": "no JSON"}]}""";

	private static final InMemoryQueue QUEUE = new InMemoryQueue(new TestClock());

	private static final List<Object> NEWS = new CopyOnWriteArrayList<>();

	@BeforeEach
	void forget() {
		NEWS.clear();
		QUEUE.clear();
	}

	@Test
	void handlesWithTheBeansOfTheApplication() throws IOException {
		assertThat(call(EVENT)).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"message-2\"}]}");
		assertThat(NEWS).containsExactly(Map.of("text", "tea"));
	}

	@Test
	void readsTheContentOfLargeMessages() throws IOException {
		PubSubLambdaHandler handler = handler(LargeMessagesApplication.class,
				"--pubsub.s3.large-messages.read-from=files");
		assertThat(call(handler, "{\"Records\": [%s, %s]}".formatted(reference(1, "files"), reference(2, "others"))))
			.isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"message-2\"}]}");
		assertThat(NEWS).containsExactly(Map.of("text", "large"));
	}

	@Test
	void answersWarmUp() throws IOException {
		assertThat(call("{\"warm\": {}}")).isEqualTo("\"warming up\"");
	}

	@Test
	void leavesTheQueueToLambda() throws IOException {
		QUEUE.send("{\"mediaType\": \"text/news\"}");
		assertThat(call("{\"Records\": []}")).isEqualTo("{\"batchItemFailures\":[]}");
		assertThat(QUEUE.size()).isOne();
	}

	@Test
	void drainsThePipelineOfTheApplicationForEachEvent() throws IOException {
		PubSubLambdaHandler handler = handler(PipelineApplication.class);
		String event = "{\"Records\": [%s, %s, %s]}".formatted(record(1, "tea"), record(2, "bad"), record(3, "milk"));
		assertThat(call(handler, event)).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"message-2\"}]}");
		assertThat(call(handler, "{\"Records\": [%s]}".formatted(record(4, "salt"))))
			.isEqualTo("{\"batchItemFailures\":[]}");
		assertThat(NEWS).containsExactly(List.of("tea", "milk"), List.of("salt"));
	}

	@Test
	void leavesTheQueueOfThePipelineToLambda() throws IOException {
		QUEUE.send("{\"mediaType\": \"text/news\"}");
		assertThat(call(handler(PipelineApplication.class, "--pubsub.pipelines.news.auto-startup=true"),
				"{\"Records\": []}"))
			.isEqualTo("{\"batchItemFailures\":[]}");
		assertThat(QUEUE.size()).isOne();
	}

	@Test
	void refusesAPipelineBesideHandlers() {
		assertThatIllegalStateException()
			.isThrownBy(() -> handler(BothApplication.class, "--pubsub.pipelines.news.source=file:none"))
			.withMessageContaining("the pipelines [news] and @Handles methods")
			.withMessageContaining("pubsub.pipelines.<name>.enabled=false");
	}

	private static PubSubLambdaHandler handler(Class<?> application, String... arguments) {
		String[] all = Stream.concat(Stream.of("--spring.cloud.aws.sqs.enabled=false",
				"--spring.cloud.aws.sns.enabled=false", "--pubsub.organization=example"), Stream.of(arguments))
			.toArray(String[]::new);
		return new PubSubLambdaHandler(application, all);
	}

	private static String record(int number, String text) {
		return """
				{"messageId": "message-%d", "eventSource": "aws:sqs", "attributes": {}, "body":
				"{\\"mediaType\\": \\"application/vnd.example.pubsub._.created.scanned\\", \\"text\\": \\"%s\\"}"}"""
			.formatted(number, text);
	}

	private static String reference(int number, String bucket) {
		return """
				{"messageId": "message-%d", "eventSource": "aws:sqs", "attributes": {},
				"messageAttributes": {"ExtendedPayloadSize": {"stringValue": "41", "dataType": "Number"}},
				"body": "[\\"software.amazon.payloadoffloading.PayloadS3Pointer\\",\
				{\\"s3BucketName\\":\\"%s\\",\\"s3Key\\":\\"a\\"}]"}""".formatted(number, bucket);
	}

	@Test
	void findsTheApplicationByName() {
		assertThat(PubSubLambdaHandler.mainClass(Application.class.getName())).isEqualTo(Application.class);
	}

	@Test
	void saysHowToNameTheApplication() {
		assertThatIllegalStateException().isThrownBy(() -> PubSubLambdaHandler.mainClass(null))
			.withMessageContaining("MAIN_CLASS is not set");
	}

	@Test
	void saysWhichApplicationIsMissing() {
		assertThatIllegalStateException().isThrownBy(() -> PubSubLambdaHandler.mainClass("com.example.Missing"))
			.withMessageContaining("com.example.Missing");
	}

	private static String call(String event) throws IOException {
		return call(handler(Application.class), event);
	}

	private static String call(PubSubLambdaHandler handler, String event) throws IOException {
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, null);
		return answer.toString(StandardCharsets.UTF_8);
	}

	static class Transport {

		@Bean
		Source source() {
			return QUEUE.source();
		}

		@Bean
		InMemoryDestination destination() {
			return new InMemoryDestination();
		}

	}

	@EnableAutoConfiguration
	static class Application extends Transport {

		@Bean
		Listener listener() {
			return new Listener();
		}

	}

	@EnableAutoConfiguration
	static class PipelineApplication extends Transport {

		@Bean
		Pipeline pipeline() {
			return Pipeline.named("news").from(ScannedMessage.class).map(ScannedMessage::text).map((text) -> {
				assertThat(text).isNotEqualTo("bad");
				return text;
			}).batch(10, Duration.ofHours(1)).to((batch) -> NEWS.add(List.copyOf(batch)));
		}

	}

	@EnableAutoConfiguration
	static class LargeMessagesApplication extends Application {

		@Bean
		S3Client client() {
			return new SmallS3Client();
		}

	}

	@EnableAutoConfiguration
	static class BothApplication extends Application {

		@Bean
		Pipeline pipeline() {
			return new PipelineApplication().pipeline();
		}

	}

	static class Listener {

		@Handles(mediaTypes = "text/news")
		void on(Map<String, Object> news) {
			NEWS.add(news);
		}

	}

	/**
	 * A client that finds the same under each key of one bucket.
	 */
	private static final class SmallS3Client implements S3Client {

		@Override
		public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
			assertThat(request.bucket()).isEqualTo("files");
			byte[] content = "{\"mediaType\": \"text/news\", \"text\": \"large\"}".getBytes(StandardCharsets.UTF_8);
			return new ResponseInputStream<>(GetObjectResponse.builder().contentLength((long) content.length).build(),
					new ByteArrayInputStream(content));
		}

		@Override
		public String serviceName() {
			return SERVICE_NAME;
		}

		@Override
		public void close() {
		}

	}

}
