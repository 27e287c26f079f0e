package io.pubsub.aws.sns;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.pubsub.MediaType;
import io.pubsub.aws.batch.MessageTooLargeException;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.SnsException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SnsDestination}.
 */
class SnsDestinationTests {

	private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:orders";

	private static final MediaType MEDIA_TYPE = new MediaType("application/vnd.example.foo");

	private final FakeSns sns = new FakeSns();

	private final SnsDestination destination = new SnsDestination(this.sns);

	@Test
	void publishesOneMessageByItself() {
		assertThat(publish(message("body"))).containsExactly(PublishResult.published("single"));
		PublishRequest request = this.sns.requests().get(0);
		assertThat(request.topicArn()).isEqualTo(TOPIC);
		assertThat(request.message()).isEqualTo("body");
		assertThat(request.messageAttributes()).containsExactly(Map.entry("media_type", attribute()));
		assertThat(request.messageGroupId()).isNull();
		assertThat(this.sns.batches()).isEmpty();
	}

	@Test
	void publishesSeveralMessagesTogether() {
		List<PublishResult> results = publish(message("a"), message("b"));
		assertThat(results).containsExactly(PublishResult.published("id of a"), PublishResult.published("id of b"));
		List<PublishBatchRequestEntry> entries = this.sns.batches().get(0).publishBatchRequestEntries();
		assertThat(entries).extracting(PublishBatchRequestEntry::id).doesNotHaveDuplicates();
		assertThat(entries).allSatisfy((entry) -> assertThat(entry.messageAttributes()).containsValue(attribute()));
	}

	@Test
	void handsOnGroupAndDeduplication() {
		publish(new OutboundMessage(TOPIC + ".fifo", MEDIA_TYPE, "body", Map.of(), "group", "once"));
		assertThat(this.sns.requests().get(0).messageGroupId()).isEqualTo("group");
		assertThat(this.sns.requests().get(0).messageDeduplicationId()).isEqualTo("once");
	}

	@Test
	void givesEachMessageItsOwnResult() {
		List<PublishResult> results = publish(message("refused"), message("a"));
		assertThat(results.get(0).failure()).isInstanceOf(TopicException.class)
			.hasMessageContainingAll(TOPIC, "InvalidParameter");
		assertThat(results.get(1).messageId()).isEqualTo("id of a");
	}

	@Test
	void publishesAgainWhatWasNotAnswered() {
		List<PublishResult> results = publish(message("a"), message("lost"));
		assertThat(results.get(1).messageId()).isEqualTo("single");
		assertThat(this.sns.requests()).singleElement().extracting(PublishRequest::message).isEqualTo("lost");
	}

	@Test
	void refusesWhatTheTopicDoesNotTake() {
		List<PublishResult> results = publish(message("a".repeat(SnsDestination.DEFAULT_MAXIMUM_MESSAGE_SIZE)));
		assertThat(results.get(0).failure()).isInstanceOf(MessageTooLargeException.class)
			.hasMessageContainingAll(TOPIC, "262144");
		assertThat(this.sns.requests()).isEmpty();
	}

	@Test
	void knowsTopicsThatTakeMore() {
		SnsDestination sized = new SnsDestination(this.sns, 1024, Map.of(TOPIC, 1_048_576));
		OutboundMessage elsewhere = new OutboundMessage(TOPIC + "2", MEDIA_TYPE, "a".repeat(1025), Map.of());
		List<PublishResult> results = sized.publish(List.of(message("a".repeat(300_000)), elsewhere)).join();
		assertThat(results).extracting(PublishResult::isPublished).containsExactly(true, false);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			NotFound           | does not exist: create it or correct its address
			AuthorizationError | grant the IAM action sns:Publish on arn:aws:sns:eu-west-1:123456789012:orders
			KMSAccessDenied    | kms:GenerateDataKey
			InvalidClientTokenId | AWS does not accept the credentials (InvalidClientTokenId)
			ExpiredToken       | AWS does not accept the credentials (ExpiredToken)
			InvalidParameter   | InvalidParameter, the reason
			""")
	void saysWhatToDoAboutAFailure(String code, String advice) {
		this.sns.fail(SnsException.builder()
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("the reason").build())
			.build());
		assertThat(publish(message("body")).get(0).failure()).isInstanceOf(TopicException.class)
			.hasMessageContainingAll(TOPIC, advice)
			.hasCauseInstanceOf(SnsException.class);
	}

	@Test
	void saysWhenSnsCannotBeReached() {
		this.sns.fail(SdkClientException.create("connection refused"));
		assertThat(publish(message("body")).get(0).failure()).hasMessageContainingAll(TOPIC, "connection refused");
	}

	@Test
	void saysWhenThereAreNoCredentials() {
		this.sns.fail(SdkClientException.create("Unable to load credentials from any of the providers"));
		assertThat(publish(message("body")).get(0).failure()).hasMessageContainingAll(TOPIC,
				"no AWS credentials were found");
	}

	@Test
	void sendsNothingWhileAllConnectionsWait() throws Exception {
		CountDownLatch answers = new CountDownLatch(1);
		FakeSnsClient blocking = new FakeSnsClient(answers);
		Destination waiting = new SnsDestination(this.sns, blocking, 1024, Map.of(), Duration.ofMillis(50)).waiting();
		ExecutorService threads = Executors.newFixedThreadPool(50);
		IntStream.range(0, 50).forEach((number) -> threads.submit(() -> waiting.publish(List.of(message("body")))));
		threads.shutdown();
		Awaitility.await().until(() -> blocking.requests().size() == 50);
		assertThat(waiting.publish(List.of(message("body"))).join().get(0).failure())
			.hasMessageContainingAll("nothing was sent to topic " + TOPIC, "all connections have waited");
		answers.countDown();
		assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(blocking.requests()).hasSize(50);
	}

	@Test
	void publishesWithTheBlockingClientForWhoeverWaits() {
		FakeSnsClient blocking = new FakeSnsClient();
		assertThat(waiting(blocking).publish(List.of(message("body"))))
			.isCompletedWithValue(List.of(PublishResult.published("blocking")));
		assertThat(blocking.requests()).singleElement().satisfies((request) -> {
			assertThat(request.topicArn()).isEqualTo(TOPIC);
			assertThat(request.message()).isEqualTo("body");
			assertThat(request.messageAttributes()).containsExactly(Map.entry("media_type", attribute()));
		});
		assertThat(this.sns.requests()).isEmpty();
	}

	@Test
	void publishesSeveralAtATimeForWhoeverWaits() {
		FakeSnsClient blocking = new FakeSnsClient();
		assertThat(waiting(blocking).publish(List.of(message("a"), message("b"))).join())
			.containsExactly(PublishResult.published("id of a"), PublishResult.published("id of b"));
		assertThat(blocking.requests()).isEmpty();
	}

	@Test
	void waitsForTheAsynchronousClientWithoutABlockingOne() {
		assertThat(this.destination.waiting()).isSameAs(this.destination);
	}

	@Test
	void saysWhatToDoAboutAFailureOfTheBlockingClient() {
		FakeSnsClient blocking = new FakeSnsClient();
		blocking.fail(SnsException.builder()
			.awsErrorDetails(AwsErrorDetails.builder().errorCode("NotFound").errorMessage("the reason").build())
			.build());
		assertThat(waiting(blocking).publish(List.of(message("body"))).join().get(0).failure())
			.isInstanceOf(TopicException.class)
			.hasMessageContainingAll(TOPIC, "does not exist");
	}

	@Test
	void knowsAnInterruptedCallOfTheBlockingClient() {
		FakeSnsClient blocking = new FakeSnsClient();
		blocking.fail(AbortedException.create("interrupted"));
		List<PublishResult> results = waiting(blocking).publish(List.of(message("body"))).join();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(results.get(0).failure()).hasMessageContainingAll(TOPIC, "interrupted", "nobody knows");
	}

	@Test
	void knowsAnInterruptBeforeTheCallOfTheBlockingClient() {
		FakeSnsClient blocking = new FakeSnsClient();
		Thread.currentThread().interrupt();
		List<PublishResult> results = waiting(blocking).publish(List.of(message("body"))).join();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(results.get(0).isPublished()).isFalse();
		assertThat(blocking.requests()).isEmpty();
	}

	@Test
	void refusesForWhoeverWaitsWhatTheTopicDoesNotTake() {
		FakeSnsClient blocking = new FakeSnsClient();
		List<PublishResult> results = waiting(blocking).publish(List.of(message("\uFFFE"))).join();
		assertThat(results.get(0).failure()).hasMessageContainingAll(TOPIC, "U+FFFE");
		assertThat(blocking.requests()).isEmpty();
	}

	@Test
	void hasNoMoreBlockingCallsThanTheClientHasConnections() {
		CountDownLatch answers = new CountDownLatch(1);
		FakeSnsClient blocking = new FakeSnsClient(answers);
		Destination waiting = waiting(blocking);
		ExecutorService threads = Executors.newFixedThreadPool(60);
		List<Future<List<PublishResult>>> results = IntStream.range(0, 60)
			.mapToObj((number) -> threads.submit(() -> waiting.publish(List.of(message("body"))).join()))
			.toList();
		threads.shutdown();
		Awaitility.await().during(Duration.ofMillis(200)).until(() -> blocking.requests().size() == 50);
		answers.countDown();
		assertThat(results).allSatisfy((result) -> assertThat(result).succeedsWithin(Duration.ofSeconds(10)));
		assertThat(blocking.requests()).hasSize(60);
		assertThat(blocking.threads()).as("nobody makes the call of another one").hasSize(60);
	}

	private Destination waiting(FakeSnsClient blocking) {
		return new SnsDestination(this.sns, blocking, SnsDestination.DEFAULT_MAXIMUM_MESSAGE_SIZE, Map.of(),
				SnsDestination.DEFAULT_TIMEOUT)
			.waiting();
	}

	private List<PublishResult> publish(OutboundMessage... messages) {
		CompletableFuture<List<PublishResult>> results = this.destination.publish(List.of(messages));
		assertThat(results).succeedsWithin(Duration.ofSeconds(10));
		return results.join();
	}

	private static OutboundMessage message(String body) {
		return new OutboundMessage(TOPIC, MEDIA_TYPE, body, Map.of("media_type", MEDIA_TYPE.value()));
	}

	private static MessageAttributeValue attribute() {
		return MessageAttributeValue.builder().dataType("String").stringValue(MEDIA_TYPE.value()).build();
	}

}
