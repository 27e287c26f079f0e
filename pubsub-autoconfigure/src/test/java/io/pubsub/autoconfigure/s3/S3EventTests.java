package io.pubsub.autoconfigure.s3;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.Handles;
import io.pubsub.MessageSchema;
import io.pubsub.Outcome.Kind;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.pipeline.PubSubPipelineAutoConfiguration;
import io.pubsub.aws.s3.S3Event;
import io.pubsub.aws.s3.S3Object;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.OutcomeRecorder;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what S3 tells of its objects, on the whole way of a message.
 */
class S3EventTests {

	private static final String TEST_EVENT = """
			{"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "files"}""";

	private static final String CREATED = """
			{"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
			"s3": {"bucket": {"name": "files"}, "object": {"key": "a+b.gz"}}},
			{"eventSource": "aws:s3", "eventName": "ObjectCreated:Copy",
			"s3": {"bucket": {"name": "files"}, "object": {"key": "c.gz"}}}]}""";

	private final InMemoryQueue queue = new InMemoryQueue(new TestClock());

	private final InMemoryDestination letters = new InMemoryDestination();

	private final OutcomeRecorder outcomes = new OutcomeRecorder();

	private final List<String> keys = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubConsumerAutoConfiguration.class,
				PubSubPipelineAutoConfiguration.class))
		.withBean(OutcomeListener.class, () -> this.outcomes)
		.withBean(Source.class, this.queue::source)
		.withPropertyValues("pubsub.envelope=s3-event", "pubsub.consumer.drain=1s");

	private final ApplicationContextRunner withHandler = this.contextRunner.withBean(ObjectHandler.class,
			() -> new ObjectHandler(this.keys));

	@Test
	void handlesTheObjectsOfANotification() {
		this.queue.send(CREATED);
		this.withHandler.run((context) -> Awaitility.await()
			.untilAsserted(() -> assertThat(this.keys).containsExactly("a b.gz", "c.gz")));
	}

	@Test
	void handlesTheObjectsOfWantedEventsOnly() {
		this.queue.send(CREATED);
		this.withHandler.withPropertyValues("pubsub.s3.events=ObjectCreated:Copy")
			.run((context) -> Awaitility.await().untilAsserted(() -> assertThat(this.keys).containsExactly("c.gz")));
	}

	@Test
	void refusesTheNameOfAnEventThatCannotBe() {
		this.withHandler.withPropertyValues("pubsub.s3.events=*:Put")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("the name of an event of S3"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ack", "nack" })
	void acknowledgesTheTestEventWhateverBecomesOfMessagesWithoutHandler(String unhandled) {
		this.queue.send(TEST_EVENT);
		this.withHandler.withPropertyValues("pubsub.consumer.unhandled=" + unhandled).run((context) -> {
			Awaitility.await().until(() -> this.queue.size() == 0);
			assertThat(this.outcomes).hasKinds(Kind.SKIPPED);
		});
	}

	@Test
	void makesNoDeadLetterOfTheTestEvent() {
		this.queue.send(TEST_EVENT);
		this.withHandler.withPropertyValues("pubsub.consumer.unhandled=dead-letter")
			.withBean(DeadLetters.class, () -> new DeadLetters(this.letters, "dead"))
			.run((context) -> {
				Awaitility.await().until(() -> this.queue.size() == 0);
				assertThat(this.outcomes).hasKinds(Kind.SKIPPED);
				assertThat(this.letters.published()).isEmpty();
			});
	}

	@Test
	void makesADeadLetterOfANotificationThatNobodyHandles() {
		this.queue.send(CREATED);
		this.contextRunner.withPropertyValues("pubsub.organization=example", "pubsub.consumer.unhandled=dead-letter")
			.withBean(OrderHandler.class)
			.withBean(DeadLetters.class, () -> new DeadLetters(this.letters, "dead"))
			.run((context) -> {
				Awaitility.await().until(() -> this.queue.size() == 0);
				assertThat(this.letters.published()).singleElement()
					.satisfies((letter) -> assertThat(letter.body()).isEqualTo(CREATED))
					.satisfies(
							(letter) -> assertThat(letter.attributes()).containsEntry(DeadLetters.REASON, "unhandled"));
			});
	}

	@Test
	void makesNoDeadLetterOfTheTestEventInAPipeline() {
		this.queue.send(TEST_EVENT);
		this.contextRunner.withPropertyValues("pubsub.pipelines.objects.unhandled=dead-letter")
			.withBean(DeadLetters.class, () -> new DeadLetters(this.letters, "dead"))
			.withBean(Pipeline.class, this::objects)
			.run((context) -> {
				Awaitility.await().until(() -> this.queue.size() == 0);
				assertThat(this.outcomes).hasKinds(Kind.SKIPPED);
				assertThat(this.letters.published()).isEmpty();
			});
	}

	@Test
	void takesObjectsThroughAPipelineAndAcknowledgesTheTestEvent() {
		this.queue.send(TEST_EVENT);
		this.queue.send(CREATED);
		this.contextRunner.withBean(Pipeline.class, this::objects).run((context) -> {
			Awaitility.await().until(() -> this.queue.size() == 0);
			assertThat(this.keys).containsExactly("a b.gz", "c.gz");
		});
	}

	private Pipeline objects() {
		return Pipeline.named("objects")
			.from(S3Event.class)
			.flatMapIterable(S3Event::objects)
			.to((object) -> this.keys.add(object.key()));
	}

	record ObjectHandler(List<String> keys) {

		@Handles
		void on(S3Event event) {
			event.objects().stream().map(S3Object::key).forEach(this.keys::add);
		}

	}

	static class OrderHandler {

		@Handles
		void on(Order order) {
			throw new AssertionError("nobody has ordered");
		}

	}

	@MessageSchema
	record Order(String sku) {

	}

}
