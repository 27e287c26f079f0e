package io.pubsub.aws.lambda;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.NackException;
import io.pubsub.Outcome;
import io.pubsub.Outcome.Kind;
import io.pubsub.aws.s3.S3Event;
import io.pubsub.aws.s3.S3EventEnvelope;
import io.pubsub.aws.s3.S3Object;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.OutcomeRecorder;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Destination;
import io.pubsub.transport.Receiver;
import jakarta.validation.Validation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SqsEventHandler}.
 */
class SqsEventHandlerTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String SIMPLE = "application/vnd.globality.pubsub.simple";

	private static final String GOOD = "{\"mediaType\": \"application/vnd.globality.pubsub.simple\"}";

	private static final String BAD = "{\"mediaType\": \"text/bad\"}";

	private final OutcomeRecorder outcomes = new OutcomeRecorder();

	private final List<Object> handled = new ArrayList<>();

	private final SqsEventHandler handler = new SqsEventHandler(dispatcher(null));

	@ParameterizedTest
	@ValueSource(strings = { "microcosm-wire.jsonl", "microcosm-wire-raw.jsonl" })
	void handlesAllMessages(String fixture) throws IOException {
		assertThat(failures(SqsEvents.of(fixture))).isEmpty();
		assertThat(this.outcomes).hasKinds(Kind.SUCCEEDED, Kind.IGNORED, Kind.IGNORED, Kind.IGNORED, Kind.IGNORED,
				Kind.IGNORED);
		assertThat(this.handled).hasSize(1).first().hasToString("{message=hello, timestamp=1.5}");
	}

	@Test
	void reportsFailedMessagesOnly() throws IOException {
		assertThat(failures(SqsEvents.inGroups("orders", List.of("a:" + BAD, "a:" + GOOD, "a:no JSON"))))
			.containsExactly("message-0", "message-2");
		assertThat(this.outcomes).hasKinds(Kind.FAILED, Kind.SUCCEEDED, Kind.FAILED);
	}

	@Test
	void reportsMessagesThatAreToBeRetried() throws IOException {
		assertThat(failures(SqsEvents.inGroups("orders", List.of("a:{\"mediaType\": \"text/later\"}"))))
			.containsExactly("message-0");
		assertThat(this.outcomes).hasKinds(Kind.RETRIED);
	}

	@Test
	void leavesWhatComesAfterAFailureInAGroupOfAFifoQueue() throws IOException {
		assertThat(
				failures(SqsEvents.inGroups("orders.fifo", List.of("a:" + GOOD, "a:" + BAD, "b:" + GOOD, "a:" + GOOD))))
			.containsExactly("message-1", "message-3");
		assertThat(this.outcomes).hasKinds(Kind.SUCCEEDED, Kind.FAILED, Kind.SUCCEEDED);
	}

	@Test
	void handsOverAsManyAtOnceAsTheReceiverMayHave() throws IOException {
		Collecting collecting = new Collecting(2, true);
		assertThat(failuresIn(call(new SqsEventHandler(collecting),
				SqsEvents.inGroups("orders", List.of("a:one", "a:two", "a:three")))))
			.isEmpty();
		assertThat(collecting.together).containsExactly(2, 1);
	}

	@Test
	void handsOverOneAfterTheOtherOfAGroup() throws IOException {
		Collecting collecting = new Collecting(10, true);
		call(new SqsEventHandler(collecting),
				SqsEvents.inGroups("orders.fifo", List.of("a:one", "b:two", "a:three", "c:four")));
		assertThat(collecting.together).containsExactly(2, 2);
	}

	@Test
	void reportsWhatIsNotSettledShortlyBeforeTheEndOfTheCall() throws IOException {
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		new SqsEventHandler(new Collecting(10, false)).handleRequest(
				new ByteArrayInputStream(
						SqsEvents.inGroups("orders", List.of("a:one", "a:two")).getBytes(StandardCharsets.UTF_8)),
				answer, remaining(100));
		assertThat(failuresIn(answer.toString(StandardCharsets.UTF_8))).containsExactly("message-0", "message-1");
	}

	private static Context remaining(int millis) {
		return (Context) Proxy.newProxyInstance(Context.class.getClassLoader(), new Class<?>[] { Context.class },
				(proxy, method, arguments) -> millis);
	}

	@Test
	void answersWarmUpWithoutHandling() throws IOException {
		assertThat(call(this.handler, "{\"warm\": true}")).isEqualTo("\"warming up\"");
		assertThat(this.outcomes).isEmpty();
	}

	@Test
	void acknowledgesWhatBecameADeadLetterLater() throws IOException {
		InMemoryDestination graveyard = new InMemoryDestination();
		Destination slow = (messages) -> CompletableFuture.supplyAsync(() -> graveyard.publish(messages).join(),
				CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
		SqsEventHandler burying = new SqsEventHandler(dispatcher(new DeadLetters(slow, "graveyard")));
		assertThat(failuresIn(call(burying, SqsEvents.inGroups("orders", List.of("a:no JSON"))))).isEmpty();
		assertThat(graveyard.published()).singleElement().hasAddress("graveyard");
	}

	@Test
	void tellsAReceiverThatCollectsNotToWaitForMore() throws IOException {
		SqsEventHandler collecting = new SqsEventHandler(new CollectingReceiver());
		assertThat(failuresIn(call(collecting, SqsEvents.inGroups("orders", List.of("a:" + GOOD, "b:" + GOOD)))))
			.isEmpty();
	}

	@Test
	void handlesWhatS3TellsOfItsObjects() throws IOException {
		SqsEventHandler ofObjects = new SqsEventHandler(dispatcher(new S3EventEnvelope(JSON), null));
		String created = """
				a:{"source": "aws.s3", "detail-type": "Object Created",
				"detail": {"bucket": {"name": "files"}, "object": {"key": "a.gz"}}}""";
		assertThat(failuresIn(
				call(ofObjects, SqsEvents.inGroups("objects", List.of("a:{\"Event\": \"s3:TestEvent\"}", created)))))
			.isEmpty();
		assertThat(this.outcomes).hasKinds(Kind.SKIPPED, Kind.SUCCEEDED);
		assertThat(this.handled).singleElement()
			.isEqualTo(new S3Object("files", "a.gz", "Object Created", null, null, null, null, null, null));
	}

	@Test
	void refusesAnEventThatIsNotOfSqs() {
		assertThatIllegalArgumentException().isThrownBy(() -> call(this.handler, "{\"detail-type\": \"x\"}"))
			.withMessageContaining("no array Records");
	}

	@Test
	void refusesRecordsOfAnotherSourceBeforeAnythingIsHandled() {
		String event = SqsEvents.inGroups("orders", List.of("a:" + GOOD, "a:" + GOOD));
		int last = event.lastIndexOf("aws:sqs\"");
		String mixed = event.substring(0, last) + "aws:sns" + event.substring(last + "aws:sqs".length());
		assertThatIllegalArgumentException().isThrownBy(() -> call(this.handler, mixed))
			.withMessageContaining("Records[1]");
		assertThat(this.outcomes).isEmpty();
	}

	private List<String> failures(String event) throws IOException {
		return failuresIn(call(this.handler, event));
	}

	private static List<String> failuresIn(String answer) {
		return JSON.readValue(answer, SQSBatchResponse.class)
			.getBatchItemFailures()
			.stream()
			.map(BatchItemFailure::getItemIdentifier)
			.toList();
	}

	private static String call(SqsEventHandler handler, String event) throws IOException {
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, null);
		return answer.toString(StandardCharsets.UTF_8);
	}

	private MessageDispatcher dispatcher(@Nullable DeadLetters deadLetters) {
		return dispatcher(Envelope.codec(JSON), deadLetters);
	}

	private MessageDispatcher dispatcher(Envelope envelope, @Nullable DeadLetters deadLetters) {
		SchemaRegistry schemas = new SchemaRegistry(new MediaTypes(null), true);
		HandlerRegistry handlers = new HandlerRegistry();
		handlers.register(new Handler("simple", new MediaType(SIMPLE), Map.class, (content, context) -> {
			this.handled.add(content);
			return Outcome.succeeded();
		}));
		handlers
			.register(new Handler("objects", new MediaType(S3Event.MEDIA_TYPE), S3Event.class, (content, context) -> {
				this.handled.addAll(((S3Event) content).objects());
				return Outcome.succeeded();
			}));
		handlers.register(new Handler("bad", new MediaType("text/bad"), Map.class, (content, context) -> {
			throw new IllegalStateException("expected");
		}));
		handlers.register(new Handler("later", new MediaType("text/later"), Map.class, (content, context) -> {
			throw new NackException(Duration.ofMinutes(5), "not now");
		}));
		MessageCodec codec = new MessageCodec(JSON, Validation.buildDefaultValidatorFactory().getValidator(), schemas);
		return MessageDispatcher.builder(envelope, codec, handlers)
			.deadLetters(deadLetters)
			.listeners(List.of(this.outcomes))
			.build();
	}

	private static final class CollectingReceiver implements Receiver {

		private final List<Delivery> collected = new ArrayList<>();

		@Override
		public void receive(Delivery delivery) {
			this.collected.add(delivery);
		}

		@Override
		public void blocked() {
			this.collected.forEach(Delivery::ack);
			this.collected.clear();
		}

	}

	/**
	 * A receiver that acknowledges what it has when nothing else comes.
	 */
	private static final class Collecting implements Receiver {

		private final List<Integer> together = new ArrayList<>();

		private final List<Delivery> collected = new ArrayList<>();

		private final int most;

		private final boolean ends;

		Collecting(int most, boolean ends) {
			this.most = most;
			this.ends = ends;
		}

		@Override
		public Integer concurrency() {
			return this.most;
		}

		@Override
		public void receive(Delivery delivery) {
			this.collected.add(delivery);
		}

		@Override
		public void blocked() {
			if (this.ends && !this.collected.isEmpty()) {
				this.together.add(this.collected.size());
				this.collected.forEach(Delivery::begin);
				this.collected.forEach(Delivery::ack);
				this.collected.clear();
			}
		}

	}

}
