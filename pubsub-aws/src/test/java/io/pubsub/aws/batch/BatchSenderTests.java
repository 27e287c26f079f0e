package io.pubsub.aws.batch;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pubsub.MediaType;
import io.pubsub.test.TestClock;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BatchSender}, {@link Sending}, {@link Packing} and
 * {@link InFlightLimit}.
 */
class BatchSenderTests {

	private static final MediaType MEDIA_TYPE = new MediaType("application/vnd.example.foo");

	private static final int CALLS = 50;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final FakeCall call = new FakeCall();

	private final TestClock clock = new TestClock();

	private final CallTimer timer = new CallTimer(this.clock.timekeeper(), Duration.ofSeconds(1));

	private final BatchSender sender = new BatchSender(this.call, this.timer, EntryRules.ofTopics((address) -> 100),
			CALLS);

	@Test
	void sendsNothingForNothing() {
		assertThat(send()).isEmpty();
		assertThat(this.call.batches()).isEmpty();
	}

	@Test
	void packsTenInTheOrderOfTheList() {
		List<String> bodies = IntStream.range(0, 23).mapToObj(Integer::toString).toList();
		List<PublishResult> results = send(bodies.stream().map((body) -> message("a", body)));
		assertThat(this.call.batches()).containsExactly(bodies.subList(0, 10), bodies.subList(10, 20),
				bodies.subList(20, 23));
		assertThat(results).extracting(PublishResult::messageId)
			.containsExactlyElementsOf(bodies.stream().map((body) -> "id of " + body).toList());
	}

	@Test
	void packsNoMoreBytesThanTheAddressTakes() {
		send(message("a", "1".repeat(40)), message("a", "2".repeat(60)), message("a", "3"));
		assertThat(this.call.batches()).containsExactly(List.of("1".repeat(40), "2".repeat(60)), List.of("3"));
	}

	@Test
	void findsOutWhichMessageOfARequestIsRefused() {
		SendCall refusing = (address, messages) -> messages.stream().anyMatch((one) -> one.body().equals("bad"))
				? CompletableFuture.failedFuture(failure("InvalidParameter")) : CompletableFuture.completedFuture(
						messages.stream().map((one) -> SendAnswer.published("id of " + one.body())).toList());
		List<PublishResult> results = new BatchSender(refusing, this.timer, EntryRules.ofTopics((address) -> 100),
				CALLS)
			.publish(List.of(message("a", "1"), message("a", "bad"), message("a", "2")))
			.join();
		assertThat(results).extracting(PublishResult::isPublished).containsExactly(true, false, true);
		assertThat(results.get(1).refused()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "InvalidParameter, true", "InvalidMessageContents, true", "AuthorizationError, false",
			"NotFound, false", "KMSAccessDenied, false", "Throttled, false", "InternalError, false" })
	void blamesTheMessageOnlyForItsOwnFaults(String code, boolean refused) {
		assertThat(SendAnswer.refused(new IllegalStateException(), code, true).result().refused()).isEqualTo(refused);
		assertThat(SendAnswer.refused(new IllegalStateException(), code, false).result().refused()).isFalse();
	}

	@Test
	void refusesWhatBreaksARule() {
		assertThat(send(message("a", "1".repeat(101)))).extracting(PublishResult::refused).containsExactly(true);
	}

	private static AwsServiceException failure(String code) {
		return AwsServiceException.builder().awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build()).build();
	}

	@Test
	void countsAttributesAndBytesOfUnicode() {
		OutboundMessage large = new OutboundMessage("a", MEDIA_TYPE, "é".repeat(40), Map.of("name", "0123456789"));
		assertThat(large.sizeInBytes()).isEqualTo(100);
		send(large, message("a", "1"));
		assertThat(this.call.batches()).hasSize(2);
	}

	@Test
	void keepsAddressesApart() {
		send(message("a", "1"), message("b", "2"), message("a", "3"));
		assertThat(this.call.batches()).containsExactly(List.of("1", "3"), List.of("2"));
	}

	@Test
	void refusesAMessageThatIsTooLarge() {
		List<PublishResult> results = send(message("a", "1"), message("a", "2".repeat(101)));
		assertThat(results.get(0).isPublished()).isTrue();
		assertThat(results.get(1).failure()).isInstanceOf(MessageTooLargeException.class)
			.hasMessageContainingAll("application/vnd.example.foo has 101 bytes", "a takes 100");
		assertThat(this.call.batches()).containsExactly(List.of("1"));
	}

	@Test
	void refusesAMessageWithTooManyAttributes() {
		Map<String, String> attributes = IntStream.range(0, 11)
			.mapToObj(Integer::toString)
			.collect(Collectors.toMap(Function.identity(), Function.identity()));
		List<PublishResult> results = send(new OutboundMessage("a", MEDIA_TYPE, "1", attributes));
		assertThat(results.get(0).failure()).hasMessageContaining("11 attributes");
	}

	@Test
	void sendsAgainOnlyWhatMayYetSucceed() {
		List<PublishResult> results = send(message("a", "1"), message("a", "busy"), message("a", "refused"),
				message("a", "busy too"));
		assertThat(this.call.batches()).containsExactly(List.of("1", "busy", "refused", "busy too"),
				List.of("busy", "busy too"));
		assertThat(results).extracting(PublishResult::isPublished).containsExactly(true, true, false, true);
		assertThat(results.get(2).failure()).hasMessage("refused");
	}

	@Test
	void givesUpInTheEnd() {
		List<PublishResult> results = send(message("a", "never"));
		assertThat(this.call.batches()).hasSize(4);
		assertThat(results.get(0).failure()).hasMessage("busy");
	}

	@Test
	void waitsTwiceAsLongBeforeEachAttempt() {
		assertThat(this.timer.pause(1)).isNotDone();
		CompletableFuture<Void> third = this.timer.pause(3);
		this.clock.advance(Duration.ofMillis(399));
		assertThat(third).isNotDone();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(third).succeedsWithin(PATIENCE);
	}

	@Test
	void waitsForNothingWhenItsTimekeeperIsClosed() {
		Timekeeper closed = this.clock.timekeeper();
		closed.close();
		assertThat(new CallTimer(closed, Duration.ofSeconds(1)).pause(1)).succeedsWithin(PATIENCE);
	}

	@Test
	void endsAPauseWhenItsTimekeeperIsClosed() {
		Timekeeper closed = this.clock.timekeeper();
		CompletableFuture<Void> pause = new CallTimer(closed, Duration.ofSeconds(1)).pause(1);
		assertThat(pause).isNotDone();
		closed.close();
		assertThat(pause).succeedsWithin(PATIENCE);
	}

	@Test
	void givesUpACallThatTakesTooLong() {
		CompletableFuture<String> call = new CompletableFuture<>();
		assertThat(this.timer.limit(call)).isSameAs(call).isNotDone();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(call).isCompletedExceptionally();
	}

	@Test
	void failsTheMessagesOfACallThatFails() {
		List<PublishResult> results = send(message("broken", "1"), message("a", "2"), message("broken", "3"));
		assertThat(results).extracting(PublishResult::isPublished).containsExactly(false, true, false);
		assertThat(results.get(0).failure()).hasMessage("the call failed");
	}

	@Test
	void failsTheMessagesOfACallThatThrows() {
		BatchSender throwing = new BatchSender((address, messages) -> {
			throw new IllegalStateException("closed");
		}, this.timer, EntryRules.ofTopics((address) -> 100), CALLS);
		assertThat(throwing.publish(List.of(message("a", "1")))).succeedsWithin(PATIENCE)
			.satisfies((results) -> assertThat(results.get(0).failure()).hasMessage("closed"));
	}

	@Test
	void hasOnlySoManyCallsInFlight() {
		this.call.hold();
		CompletableFuture<List<PublishResult>> results = this.sender
			.publish(IntStream.range(0, 600).mapToObj((number) -> message("a", "" + number)).toList());
		assertThat(this.call.batches()).hasSize(CALLS);
		assertThat(results).isNotDone();
		this.call.release();
		assertThat(results).succeedsWithin(PATIENCE);
		assertThat(this.call.batches()).hasSize(60);
	}

	@Test
	void aCallThatBlocksHoldsUpNobodyElse() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		BatchSender blocking = new BatchSender((address, messages) -> {
			if (address.equals("slow")) {
				entered.countDown();
				await(answer);
			}
			return this.call.send(address, messages);
		}, this.timer, EntryRules.ofTopics((address) -> 100), CALLS);
		CompletableFuture<List<PublishResult>> slow = CompletableFuture
			.supplyAsync(() -> blocking.publish(List.of(message("slow", "1"))).join());
		assertThat(entered.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(blocking.publish(List.of(message("a", "2")))).isCompleted();
		assertThat(slow).isNotDone();
		answer.countDown();
		assertThat(slow).succeedsWithin(PATIENCE);
	}

	@Test
	void sendsVeryManyWithoutDeepStacks() {
		List<OutboundMessage> messages = IntStream.range(0, 20_000)
			.mapToObj((number) -> ordered("a.fifo", "g", "" + number))
			.toList();
		assertThat(this.sender.publish(messages)).succeedsWithin(PATIENCE)
			.satisfies((results) -> assertThat(results).allMatch(PublishResult::isPublished));
		assertThat(this.call.batches()).flatMap((batch) -> batch)
			.isEqualTo(messages.stream().map(OutboundMessage::body).toList());
	}

	@Test
	void doesNotOvertakeWithinAGroup() {
		List<PublishResult> results = send(ordered("a.fifo", "g", "busy 1"), ordered("a.fifo", "h", "2"),
				ordered("a.fifo", "g", "3"), ordered("a.fifo", "h", "4"));
		assertThat(results).allMatch(PublishResult::isPublished);
		assertThat(this.call.batches()).containsExactly(List.of("busy 1", "2"), List.of("busy 1"), List.of("3", "4"));
	}

	@Test
	void sendsNothingMoreOfAGroupAfterAFailure() {
		List<PublishResult> results = send(ordered("a.fifo", "g", "refused"), ordered("a.fifo", "g", "2"),
				ordered("a.fifo", "h", "3"), ordered("b.fifo", "g", "4"));
		assertThat(results).extracting(PublishResult::isPublished).containsExactly(false, false, true, true);
		assertThat(results.get(1).failure()).hasMessageContaining("earlier message of its group");
	}

	@ParameterizedTest(name = "{index}")
	@CsvSource(delimiter = '|', textBlock = """
			a\uFFFEb | v       |      | the body has U+FFFE at index 1
			\uD800   | v       |      | the body has U+D800 at index 0
			''       | v       |      | the body is empty
			a        | v\uFFFF |      | the attribute name has U+FFFF at index 1
			a        | ''      |      | the attribute name is empty
			a        | v       | g\t1 | the group id, of 3 characters, must have
			a        | v       | ''   | the group id, of 0 characters, must have
			""")
	void refusesWhatCannotTravelAndTouchesNoNeighbour(String body, String value, @Nullable String group, String fault) {
		OutboundMessage faulty = new OutboundMessage("a", MEDIA_TYPE, body, Map.of("name", value), group, null);
		List<PublishResult> results = send(message("a", "1"), faulty, message("a", "2"));
		assertThat(results.get(1).failure()).isInstanceOf(IllegalArgumentException.class)
			.hasMessageStartingWith("application/vnd.example.foo cannot be sent to a: " + fault);
		assertThat(this.call.batches()).containsExactly(List.of("1", "2"));
	}

	@Test
	void refusesAnAttributeNameThatCannotTravelWithoutRepeatingIt() {
		OutboundMessage faulty = new OutboundMessage("a", MEDIA_TYPE, "1", Map.of("SECRET\uFFFE", "value"));
		assertThat(send(faulty).get(0).failure())
			.hasMessageContaining("an attribute, of 7 characters, must have a name")
			.hasMessageNotContaining("SECRET");
	}

	@Test
	void takesADeduplicationIdForAFifoAddressOnly() {
		OutboundMessage deduplicated = new OutboundMessage("a", MEDIA_TYPE, "1", Map.of(), "group", "id");
		assertThat(send(deduplicated).get(0).failure()).hasMessageContaining("only a FIFO address");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a.fifo", "https://sqs.eu-west-1.amazonaws.com/123456789012/a.fifo/" })
	void needsAGroupForAFifoAddress(String address) {
		List<PublishResult> results = send(message(address, "1"));
		assertThat(results.get(0).failure()).hasMessageContainingAll(address, "FIFO", "group id");
		assertThat(this.call.batches()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "with space", "größe", "line\nbreak" })
	void refusesAnIdThatTheBrokerWouldRefuse(String id) {
		assertThat(this.sender.rules().faultOfId(id))
			.isEqualTo("must have 1 to 128 letters, digits and punctuation characters of ASCII, without spaces");
	}

	@Test
	void takesTheLongestIdAndNoLongerOne() {
		assertThat(this.sender.rules().faultOfId("~".repeat(128))).isNull();
		assertThat(this.sender.rules().faultOfId("~".repeat(129))).isNotNull();
	}

	@Test
	void sendsASingleMessageWithTheRequestForOne() {
		SendCall call = new SendCall() {

			@Override
			public CompletableFuture<List<SendAnswer>> send(String address, List<OutboundMessage> messages) {
				return CompletableFuture.failedFuture(new AssertionError("not for one message"));
			}

			@Override
			public CompletableFuture<SendAnswer> send(OutboundMessage message) {
				return CompletableFuture.completedFuture(SendAnswer.published("one"));
			}

		};
		BatchSender single = new BatchSender(call, this.timer, EntryRules.ofTopics((address) -> 100), CALLS);
		assertThat(single.publish(List.of(message("a", "1"))))
			.isCompletedWithValue(List.of(PublishResult.published("one")));
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<PublishResult> send(OutboundMessage... messages) {
		return send(Arrays.stream(messages));
	}

	private List<PublishResult> send(Stream<OutboundMessage> messages) {
		CompletableFuture<List<PublishResult>> results = this.sender.publish(messages.toList());
		Awaitility.with().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).await().until(() -> {
			this.clock.advance(Duration.ofSeconds(1));
			return results.isDone();
		});
		return results.join();
	}

	private static OutboundMessage message(String address, String body) {
		return message(address, null, body);
	}

	private static OutboundMessage ordered(String address, String group, String body) {
		return message(address, group, body);
	}

	private static OutboundMessage message(String address, @Nullable String group, String body) {
		return new OutboundMessage(address, MEDIA_TYPE, body, Map.of(), group, null);
	}

}
