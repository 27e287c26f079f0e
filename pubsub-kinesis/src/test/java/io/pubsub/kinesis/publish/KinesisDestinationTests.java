package io.pubsub.kinesis.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import io.pubsub.InvalidSettingException;
import io.pubsub.MediaType;
import io.pubsub.kinesis.stream.StreamAccessDeniedException;
import io.pubsub.kinesis.stream.StreamException;
import io.pubsub.kinesis.stream.StreamNotFoundException;
import io.pubsub.test.TestClock;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link KinesisDestination}.
 */
class KinesisDestinationTests {

	private static final String THROTTLED = "ProvisionedThroughputExceededException";

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final TestClock clock = new TestClock();

	private final FakeKinesis kinesis = new FakeKinesis();

	@Test
	void putsTheBodyUnderTheGroupIdAsPartitionKey() {
		publish(destination(false), message("a", "order-1"));
		assertThat(this.kinesis.requests()).singleElement().satisfies((request) -> {
			assertThat(request.streamName()).isEqualTo("orders");
			assertThat(request.records().get(0).partitionKey()).isEqualTo("a");
			assertThat(request.records().get(0).data().asUtf8String()).isEqualTo("order-1");
		});
	}

	@Test
	void givesShardAndSequenceNumberAsId() {
		assertThat(publish(destination(false), message("a", "order-1")))
			.containsExactly(PublishResult.published("shardId-000000000000:1"));
	}

	@Test
	void namesTheStreamByItsArn() {
		String arn = "arn:aws:kinesis:eu-central-1:123456789012:stream/orders";
		publish(destination(false), new OutboundMessage("kinesis:" + arn, mediaType(), "order-1", Map.of()));
		assertThat(this.kinesis.requests()).singleElement().satisfies((request) -> {
			assertThat(request.streamARN()).isEqualTo(arn);
			assertThat(request.streamName()).isNull();
		});
	}

	@Test
	void spreadsMessagesWithoutGroupOverRandomKeys() {
		publish(destination(false), message(null, "order-1"), message(null, "order-2"));
		assertThat(this.kinesis.requests().get(0).records()).extracting((entry) -> entry.partitionKey())
			.doesNotHaveDuplicates();
	}

	@Test
	void takesThePartitionKeyFromTheFunction() {
		KinesisDestinationOptions options = new KinesisDestinationOptions(false, 1000, Duration.ZERO, PATIENCE,
				(message) -> message.body().substring(0, 1));
		publish(new KinesisDestination(this.kinesis, options, this.clock.timekeeper()), message("a", "order-1"));
		assertThat(this.kinesis.requests().get(0).records().get(0).partitionKey()).isEqualTo("o");
	}

	@Test
	void packsAtMostFiveHundredRecordsIntoACall() {
		List<OutboundMessage> messages = IntStream.range(0, 1201)
			.mapToObj((number) -> message(null, "order-" + number))
			.toList();
		assertThat(destination(false).publish(messages)).succeedsWithin(PATIENCE);
		assertThat(this.kinesis.bodies()).extracting(List::size).containsExactly(500, 500, 201);
	}

	@Test
	void packsAtMostTenMebibytesIntoACall() {
		String body = "x".repeat((1 << 20) - 36);
		publish(destination(false), Collections.nCopies(21, message(null, body)).toArray(OutboundMessage[]::new));
		assertThat(this.kinesis.bodies()).extracting(List::size).containsExactly(10, 10, 1);
	}

	@Test
	void refusesRecordsThatAreTooLarge() {
		List<PublishResult> results = publish(destination(false), message("é", "x".repeat((1 << 20) - 1)),
				message("a", "order-1"));
		assertThat(results).extracting(PublishResult::isPublished).containsExactly(false, true);
		assertThat(results.get(0).failure()).hasMessageContaining("1048577 bytes with its partition key")
			.hasMessageContaining("kinesis:orders takes 1048576");
	}

	@Test
	void takesTheLargestRecord() {
		assertThat(publish(destination(false), message("é", "x".repeat((1 << 20) - 2)))).first()
			.matches(PublishResult::isPublished);
	}

	@Test
	void refusesKeysThatAreNone() {
		assertThat(publish(destination(false), message("", "order-1"), message("é".repeat(257), "order-2"),
				message("🚀".repeat(256), "order-3")))
			.extracting(PublishResult::isPublished)
			.containsExactly(false, false, true);
	}

	@Test
	void waitsForOthersAsLongAsItLingers() {
		KinesisDestination destination = destination(false, Duration.ofMillis(50));
		CompletableFuture<?> one = destination.publish(List.of(message("a", "order-1")));
		this.clock.advance(Duration.ofMillis(49));
		CompletableFuture<?> other = destination.publish(List.of(message("b", "order-2")));
		assertThat(this.kinesis.requests()).isEmpty();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(CompletableFuture.allOf(one, other)).succeedsWithin(PATIENCE);
		assertThat(this.kinesis.bodies()).containsExactly(List.of("order-1", "order-2"));
	}

	@Test
	void doesNotWaitForOthersWhenACallIsFull() {
		List<OutboundMessage> messages = Collections.nCopies(500, message("a", "order"));
		assertThat(destination(false, Duration.ofSeconds(5)).publish(messages)).succeedsWithin(PATIENCE);
	}

	@Test
	void sendsOnlyFailedRecordsAgainWhicheverTheyAre() {
		Set<String> refused = refuseOnce("order-1", "order-3");
		CompletableFuture<List<PublishResult>> results = destination(false).publish(messages(4));
		awaitRequests(1);
		advanceUntilDone(results);
		assertThat(refused).isEmpty();
		assertThat(this.kinesis.bodies()).containsExactly(List.of("order-0", "order-1", "order-2", "order-3"),
				List.of("order-1", "order-3"));
		assertThat(results.join()).extracting(PublishResult::messageId)
			.containsExactly("shardId-000000000000:1", "shardId-000000000000:3", "shardId-000000000000:2",
					"shardId-000000000000:4");
	}

	@Test
	void matchesTheSecondAnswerToTheListThatWasSentThen() {
		Set<String> twice = ConcurrentHashMap.newKeySet();
		refuseOnce("order-1");
		this.kinesis
			.refuse((body) -> (body.endsWith("3") || (body.endsWith("1") && twice.add(body))) ? THROTTLED : null);
		CompletableFuture<List<PublishResult>> results = destination(false).publish(messages(4));
		advanceUntilDone(results);
		assertThat(results.join()).extracting(PublishResult::isPublished).containsExactly(true, true, true, false);
	}

	@Test
	void givesUpWhatIsRefusedForTheWholeTimeout() {
		this.kinesis.refuse((body) -> THROTTLED);
		CompletableFuture<List<PublishResult>> results = destination(false).publish(messages(1));
		advanceUntilDone(results);
		assertThat(results.join().get(0).failure()).isInstanceOf(StreamException.class)
			.hasMessageContaining(THROTTLED)
			.hasMessageContaining("slow down");
		assertThat(this.kinesis.requests()).hasSizeBetween(10, 25);
	}

	@Test
	void doesNotSendAgainWhatIsRefusedForGood() {
		this.kinesis.refuse((body) -> body.endsWith("0") ? "KMSDisabledException" : null);
		assertThat(destination(false).publish(messages(2)).join()).extracting(PublishResult::isPublished)
			.containsExactly(false, true);
		assertThat(this.kinesis.requests()).hasSize(1);
	}

	@Test
	void whenOrderedHasOneRecordOfAKeyUnderWay() {
		this.kinesis.hold();
		KinesisDestination destination = destination(true);
		CompletableFuture<?> first = destination
			.publish(List.of(message("a", "a1"), message("a", "a2"), message("b", "b1")));
		CompletableFuture<?> second = destination.publish(List.of(message("a", "a3"), message("b", "b2")));
		awaitRequests(1);
		this.kinesis.letGo();
		awaitRequests(2);
		this.kinesis.letGo();
		awaitRequests(3);
		this.kinesis.letGo();
		assertThat(CompletableFuture.allOf(first, second)).succeedsWithin(PATIENCE);
		assertThat(this.kinesis.bodies()).containsExactly(List.of("a1", "b1"), List.of("a2", "b2"), List.of("a3"));
	}

	@Test
	void whenOrderedIsNotOvertakenByLaterRecordsOfTheKeyWhileItIsSentAgain() {
		refuseOnce("a1");
		CompletableFuture<List<PublishResult>> results = destination(true)
			.publish(List.of(message("a", "a1"), message("a", "a2"), message("b", "b1")));
		awaitRequests(1);
		assertThat(this.kinesis.bodies()).containsExactly(List.of("a1", "b1"));
		advanceUntilDone(results);
		assertThat(this.kinesis.bodies()).containsExactly(List.of("a1", "b1"), List.of("a1"), List.of("a2"));
	}

	@Test
	void whenOrderedDoesNotSendWhatIsBehindAFailure() {
		this.kinesis.refuse((body) -> body.equals("a1") ? "KMSDisabledException" : null);
		KinesisDestination destination = destination(true);
		List<PublishResult> results = publish(destination, message("a", "a1"), message("a", "a2"), message("b", "b1"));
		assertThat(results).extracting(PublishResult::isPublished).containsExactly(false, false, true);
		assertThat(results.get(1).failure()).hasMessageContaining("earlier message of its key");
		assertThat(publish(destination, message("a", "a3"))).first().matches(PublishResult::isPublished);
	}

	@Test
	void whenAddressIsNoneFailsOnlyItsMessage() {
		OutboundMessage astray = new OutboundMessage("kinesis:?", mediaType(), "{}", Map.of());
		assertThat(publish(destination(false), astray, message("a", "order-1"))).extracting(PublishResult::isPublished)
			.containsExactly(false, true);
	}

	@Test
	void whenStreamIsMissingSaysSo() {
		this.kinesis.fail(ResourceNotFoundException.builder().message("no such stream").build());
		assertThat(failure()).isInstanceOf(StreamNotFoundException.class)
			.hasMessageContaining("the stream \"kinesis:orders\" does not exist");
	}

	@Test
	void whenAccessIsDeniedNamesTheAction() {
		this.kinesis.fail((RuntimeException) KinesisException.builder()
			.awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDeniedException").build())
			.build());
		assertThat(failure()).isInstanceOf(StreamAccessDeniedException.class)
			.hasMessageContaining("kinesis:PutRecords");
	}

	@Test
	void whenKinesisCannotBeReachedSaysSo() {
		this.kinesis.fail(SdkClientException.create("connection refused"));
		assertThat(failure()).isInstanceOf(StreamException.class).hasMessageContaining("could not be reached");
	}

	@Test
	void whenTheAnswerDoesNotMatchTheRequestCountsNothingAsPublished() {
		this.kinesis.answerNothing();
		assertThat(failure()).hasMessageContaining("has no SequenceNumber for each record");
	}

	@Test
	void whenNothingIsToBePublishedGivesNoResults() {
		assertThat(publish(destination(false))).isEmpty();
	}

	@Test
	void refusesAddressesThatAreNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> destination(false).check("kinesis:a/b"))
			.withMessageContaining("'kinesis:a/b' is not the address of a Kinesis stream");
	}

	@Test
	void refusesSettingsThatAreNone() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(
				() -> new KinesisDestinationOptions(false, 11 << 20, Duration.ZERO, PATIENCE, OutboundMessage::groupId))
			.withMessageContaining("from 1 to 10485760 bytes");
	}

	private @Nullable Exception failure() {
		return publish(destination(false), message("a", "order-1")).get(0).failure();
	}

	private Set<String> refuseOnce(String... bodies) {
		Set<String> refused = ConcurrentHashMap.newKeySet();
		refused.addAll(List.of(bodies));
		this.kinesis.refuse((body) -> refused.remove(body) ? THROTTLED : null);
		return refused;
	}

	private KinesisDestination destination(boolean ordered) {
		return destination(ordered, Duration.ZERO);
	}

	private KinesisDestination destination(boolean ordered, Duration linger) {
		return new KinesisDestination(this.kinesis, new KinesisDestinationOptions(ordered, 1 << 20, linger,
				Duration.ofSeconds(15), OutboundMessage::groupId), this.clock.timekeeper());
	}

	private static List<OutboundMessage> messages(int count) {
		List<OutboundMessage> messages = new ArrayList<>();
		IntStream.range(0, count).forEach((number) -> messages.add(message("a", "order-" + number)));
		return messages;
	}

	private static OutboundMessage message(@Nullable String group, String body) {
		return new OutboundMessage("kinesis:orders", mediaType(), body, Map.of(), group, null);
	}

	private static MediaType mediaType() {
		return new MediaType("application/json");
	}

	private static List<PublishResult> publish(KinesisDestination destination, OutboundMessage... messages) {
		CompletableFuture<List<PublishResult>> results = destination.publish(List.of(messages));
		assertThat(results).succeedsWithin(PATIENCE);
		return results.join();
	}

	private void awaitRequests(int count) {
		Awaitility.await().until(() -> this.kinesis.requests().size() >= count);
	}

	private void advanceUntilDone(CompletableFuture<?> results) {
		Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
			this.clock.advance(Duration.ofMillis(100));
			return results.isDone();
		});
	}

}
