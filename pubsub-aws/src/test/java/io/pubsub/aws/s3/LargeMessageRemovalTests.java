package io.pubsub.aws.s3;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.MessageContext;
import io.pubsub.NackException;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.RejectMessageException;
import io.pubsub.dispatch.DeadLetterReason;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.Subscription;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LargeMessageRemoval}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LargeMessageRemovalTests {

	private static final String TEXT = "ä".repeat(600_000);

	private static final RequestBody CONTENT = RequestBody.fromString("content");

	private static final Map<String, String> REMOVABLE = Map.of("pubsub_large_message",
			LargeMessageBroker.BUCKET + "/a/b");

	private final CopyOnWriteArrayList<String> texts = new CopyOnWriteArrayList<>();

	private LargeMessageBroker broker;

	private LargeMessageRemoval removal;

	private Settlements settlements;

	@BeforeAll
	void start() {
		this.broker = new LargeMessageBroker();
	}

	@AfterAll
	void stop() {
		this.broker.close();
	}

	@BeforeEach
	void make() {
		this.removal = new LargeMessageRemoval(this.broker.s3());
		this.settlements = new Settlements();
	}

	@AfterEach
	void clear() {
		this.texts.clear();
		this.removal.close();
		this.broker.clear();
	}

	@Test
	void removesTheContentOfAMessageThatWasSentToAQueue() {
		String queue = this.broker.createQueue();
		this.broker.publish(queue, LargeMessageBroker.body(TEXT));
		assertThat(this.broker.contents()).hasSize(1);
		Subscription subscription = this.broker.consume(queue, this.texts, this.removal);
		Awaitility.await().until(() -> this.broker.contents().isEmpty());
		subscription.stop(Duration.ZERO);
		assertThat(this.texts).containsExactly(TEXT);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void keepsTheContentOfAMessageOfATopic(boolean raw) {
		String queue = this.broker.createQueue();
		this.broker.publish(this.broker.createTopic(queue, raw), LargeMessageBroker.body(TEXT));
		consumeAll(queue);
		assertThat(this.texts).containsExactly(TEXT);
		assertThat(this.broker.contents()).hasSize(1);
	}

	@Test
	void keepsTheContentOfAMessageThatComesAgain() {
		String queue = this.broker.createQueue();
		this.broker.publish(queue, LargeMessageBroker.body(TEXT));
		Subscription subscription = this.broker.consume(queue, (text, context) -> {
			if (context.attempt() == 1) {
				throw new NackException(Duration.ZERO, "expected");
			}
			this.texts.add(text);
			return Outcome.succeeded();
		}, queue, this.removal);
		Awaitility.await().until(() -> this.broker.contents().isEmpty());
		subscription.stop(Duration.ZERO);
		assertThat(this.texts).containsExactly(TEXT);
	}

	@Test
	void keepsTheContentOfADeadLetterForItsRedrive() {
		String queue = this.broker.createQueue();
		String deadLetters = this.broker.createQueue();
		this.broker.publish(queue, LargeMessageBroker.body(TEXT));
		Subscription refusing = this.broker.consume(queue, (text, context) -> {
			throw new RejectMessageException("not now");
		}, deadLetters, this.removal);
		Message letter = LargeMessageBroker.receive(this.broker.sqs(), deadLetters);
		refusing.stop(Duration.ZERO);
		assertThat(this.broker.contents()).hasSize(1);
		send(queue, letter.body(), letter.messageAttributes());
		Subscription mended = this.broker.consume(queue, this.texts, this.removal);
		Awaitility.await().until(() -> this.broker.contents().isEmpty());
		mended.stop(Duration.ZERO);
		assertThat(this.texts).containsExactly(TEXT);
	}

	@Test
	void removesNothingThatAStrangerNames() {
		String queue = this.broker.createQueue();
		this.broker.s3().putObject((request) -> request.bucket(LargeMessageBroker.BUCKET).key("a/b"), CONTENT);
		Map<String, MessageAttributeValue> attributes = Map.of("pubsub_large_message",
				MessageAttributeValue.builder()
					.dataType("String")
					.stringValue(LargeMessageBroker.BUCKET + "/a/b")
					.build());
		send(queue, LargeMessageBroker.body("small"), attributes);
		consumeAll(queue);
		assertThat(this.settlements.acknowledged().get(0).context().attributes()).isEmpty();
		assertThat(this.broker.contents()).containsExactly("a/b");
	}

	@ParameterizedTest
	@EnumSource(names = { "NACKED", "LOST" })
	void keepsTheContentOfAMessageThatIsNotGone(Settlement settlement) {
		assertKept(null, settlement);
	}

	@ParameterizedTest
	@EnumSource
	void keepsTheContentOfADeadLetter(DeadLetterReason reason) {
		assertKept(reason, Settlement.ACKED);
	}

	@Test
	void countsWhatItCannotRemove() {
		try (FakeS3 s3 = new FakeS3(); LargeMessageRemoval denied = new LargeMessageRemoval(s3.client())) {
			s3.fault(FakeS3.Fault.DENIED);
			denied.onSettled(result(null), Settlement.ACKED);
			Awaitility.await().until(() -> denied.failed() == 1);
			assertThat(denied.removed()).isZero();
		}
	}

	@Test
	void removesWhatWaitsBeforeItIsClosed() {
		this.broker.s3().putObject((request) -> request.bucket(LargeMessageBroker.BUCKET).key("a/b"), CONTENT);
		LargeMessageRemoval closed = new LargeMessageRemoval(this.broker.s3());
		closed.onSettled(result(null), Settlement.ACKED);
		closed.close();
		assertThat(closed.removed()).isOne();
		assertThat(this.broker.contents()).isEmpty();
	}

	private void assertKept(@Nullable DeadLetterReason reason, Settlement settlement) {
		try (FakeS3 s3 = new FakeS3()) {
			LargeMessageRemoval keeping = new LargeMessageRemoval(s3.client());
			keeping.onSettled(result(reason), settlement);
			keeping.close();
			assertThat(s3.requests()).isEmpty();
		}
	}

	private static DispatchResult result(@Nullable DeadLetterReason reason) {
		MessageContext context = new MessageContext("1", LargeMessageBroker.MEDIA_TYPE, 1, null, null,
				OpaqueData.none(), REMOVABLE);
		return new DispatchResult("handlers", "1", 1, context, null, Outcome.succeeded(), reason, Duration.ZERO);
	}

	private void consumeAll(String queue) {
		Subscription subscription = this.broker.consume(queue, this.texts, this.removal, this.settlements);
		Awaitility.await().until(() -> !this.settlements.acknowledged().isEmpty());
		subscription.stop(Duration.ZERO);
		this.removal.close();
	}

	private void send(String queue, String body, Map<String, MessageAttributeValue> attributes) {
		this.broker.sqs()
			.sendMessage((request) -> request.queueUrl(queue).messageBody(body).messageAttributes(attributes));
	}

	/**
	 * Remembers what was acknowledged.
	 *
	 * @param acknowledged the results
	 */
	private record Settlements(CopyOnWriteArrayList<DispatchResult> acknowledged) implements OutcomeListener {

		Settlements() {
			this(new CopyOnWriteArrayList<>());
		}

		@Override
		public void onOutcome(DispatchResult result) {
		}

		@Override
		public void onSettled(DispatchResult result, Settlement settlement) {
			if (settlement == Settlement.ACKED) {
				this.acknowledged.add(result);
			}
		}

	}

}
