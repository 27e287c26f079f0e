package io.pubsub.aws.deadletter;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.pubsub.aws.sqs.QueueAccessDeniedException;
import io.pubsub.daemon.Rate;
import io.pubsub.dispatch.DeadLetters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Replay}.
 */
class ReplayTests {

	private @Nullable Letters letters;

	@AfterEach
	void stop() {
		if (this.letters != null) {
			this.letters.close();
		}
	}

	private Letters letters(String suffix) {
		this.letters = new Letters(suffix);
		return this.letters;
	}

	private static ReplayOptions fast(int maxReturned) {
		return new ReplayOptions(new Rate(10_000, ChronoUnit.SECONDS), null, 100, maxReturned, Duration.ZERO);
	}

	private static Report replay(DeadLetterQueue queue) {
		return queue.replay(Selection.ALL, fast(0), (soFar) -> {
		});
	}

	@Test
	void makesALetterTheMessageAgainThatItWas() {
		Letters letters = letters("");
		letters.write("good");
		Report report = replay(letters.queue());
		assertThat(report.done()).isOne();
		assertThat(report.isComplete()).isTrue();
		assertThat(letters.replayed()).singleElement().satisfies((message) -> {
			assertThat(message.body()).isEqualTo("good");
			assertThat(message.messageAttributes()).containsOnlyKeys("tenant", "surplus", DeadLetters.REPLAYS);
			assertThat(message.messageAttributes().get(DeadLetters.REPLAYS).stringValue()).isEqualTo("1");
		});
		assertThat(letters.count(letters.dead())).isZero();
	}

	@Test
	void sendsWhatSqsHasMovedToTheQueueThatItCameFrom() {
		Letters letters = letters("");
		letters.redrive("good");
		assertThat(replay(letters.queue()).done()).isOne();
		assertThat(letters.replayed()).extracting(Message::body).containsExactly("good");
	}

	@Test
	void leavesWhatIsNotChosen() {
		Letters letters = letters("");
		letters.write("good 1", "bad", "good 2");
		Report report = letters.queue()
			.replay(new Selection(Set.of(), null, null, null, null, null, null, true), fast(0), (soFar) -> {
			});
		assertThat(report.done()).isEqualTo(2);
		assertThat(report.left()).isOne();
		assertThat(letters.count(letters.dead())).isOne();
	}

	@Test
	void replaysNoMoreThanItIsTold() {
		Letters letters = letters("");
		letters.write("1", "2", "3");
		ReplayOptions two = new ReplayOptions(ReplayOptions.DEFAULTS.rate(), null, 2, 0, Duration.ZERO);
		assertThat(letters.queue().replay(Selection.ALL, two, (soFar) -> {
		}).done()).isEqualTo(2);
		assertThat(letters.count(letters.dead())).isOne();
	}

	@Test
	void keepsTheGroupAndTheOrderOfAFifoQueue() {
		Letters letters = letters(".fifo");
		letters.writeOne("good 1", "m-1", "blue");
		letters.writeOne("good 2", "m-2", "blue");
		assertThat(replay(letters.queue()).done()).isEqualTo(2);
		List<Message> replayed = letters.replayed();
		assertThat(replayed).extracting(Message::body).containsExactly("good 1", "good 2");
		assertThat(replayed).extracting(Message::attributes)
			.extracting((system) -> system.get(MessageSystemAttributeName.MESSAGE_GROUP_ID))
			.containsOnly("blue");
	}

	@Test
	void sendsAgainWhatHasComeBackToAFifoQueueWithinFiveMinutes() {
		Letters letters = letters(".fifo");
		letters.writeOne("good", "m-1", "blue");
		replay(letters.queue());
		Message replayed = letters.replayed().get(0);
		letters.sqs()
			.deleteMessage((request) -> request.queueUrl(letters.url(letters.source()))
				.receiptHandle(replayed.receiptHandle()))
			.join();
		letters.writeOne("good", replayed.messageId(), "blue");
		replay(letters.queue());
		assertThat(letters.replayed()).hasSize(1);
	}

	@Test
	void stopsWhenLettersComeBack() {
		Letters letters = letters("");
		letters.write("bad 1");
		Report report = letters.queue().replay(Selection.ALL, fast(0), (soFar) -> returnOne(letters));
		assertThat(report.done()).isOne();
		assertThat(report.returned()).isOne();
		assertThat(report.stopped()).isEqualTo("1 letters came back after they were replayed");
		assertThat(letters.count(letters.dead())).isOne();
	}

	// As a consumer that cannot handle it.
	private static void returnOne(Letters letters) {
		letters.replayed().forEach((message) -> letters.writeOne("bad", message.messageId(), null));
	}

	@Test
	void countsReplays() {
		Letters letters = letters("");
		letters.sqs()
			.sendMessage((request) -> request.queueUrl(letters.url(letters.dead()))
				.messageBody("good")
				.messageAttributes(Map.of(DeadLetters.REPLAYS, LetterReader.string("2"))))
			.join();
		assertThat(letters.queue().list(Selection.ALL, 10).letters()).extracting(Letter::replays).containsExactly(2);
		letters.queue()
			.replay(Selection.ALL, new ReplayOptions(fast(0).rate(), letters.source(), 10, 0, Duration.ZERO),
					(soFar) -> {
					});
		assertThat(letters.replayed().get(0).messageAttributes().get(DeadLetters.REPLAYS).stringValue()).isEqualTo("3");
	}

	@Test
	void saysThatNothingTellsWhereALetterCameFrom() {
		Letters letters = letters("");
		letters.sqs()
			.sendMessage((request) -> request.queueUrl(letters.url(letters.dead())).messageBody("good"))
			.join();
		Report report = replay(letters.queue());
		assertThat(report.done()).isZero();
		assertThat(report.failures()).singleElement()
			.satisfies((failure) -> assertThat(failure.why()).contains("nothing tells which queue it came from"));
		assertThat(letters.count(letters.dead())).isOne();
	}

	@Test
	void refusesTheQueueForDeadLettersItself() {
		Letters letters = letters("");
		letters.write("good");
		ReplayOptions circle = new ReplayOptions(fast(0).rate(), letters.dead(), 10, 0, Duration.ZERO);
		assertThat(letters.queue().replay(Selection.ALL, circle, (soFar) -> {
		}).failures()).singleElement()
			.satisfies((failure) -> assertThat(failure.why()).contains("the queue for dead letters itself"));
	}

	@Test
	void keepsWhatCannotBeSentAndNamesThePermission() {
		Letters letters = letters("");
		letters.write("good 1", "good 2");
		try (SqsAsyncClient client = letters.client(denied(SendMessageRequest.class, 0))) {
			Report report = replay(letters.queue(client));
			assertThat(report.done()).isZero();
			assertThat(report.stopped()).isNotNull();
			assertThat(report.failures()).singleElement()
				.satisfies((failure) -> assertThat(failure.why()).contains("sqs:SendMessage"));
		}
		assertThat(letters.count(letters.dead())).isEqualTo(2);
		assertThat(letters.replayed()).isEmpty();
	}

	@Test
	void stopsAtTheFirstLetterThatCannotBeDeleted() {
		Letters letters = letters("");
		letters.write("good 1", "good 2", "good 3");
		try (SqsAsyncClient client = letters.client(denied(DeleteMessageRequest.class, 0))) {
			Report report = replay(letters.queue(client));
			assertThat(report.done()).isOne();
			assertThat(report.stopped()).isEqualTo("letters can be replayed but not deleted");
			assertThat(report.failures()).singleElement()
				.satisfies((failure) -> assertThat(failure.why()).contains("second time", "sqs:DeleteMessage"));
		}
		assertThat(letters.replayed()).hasSize(1);
		assertThat(letters.count(letters.dead())).isEqualTo(3);
	}

	@Test
	void tellsWhatWasDoneWhenAReceiveFailsHalfWay() {
		Letters letters = letters("");
		letters.write("1", "2", "3");
		try (SqsAsyncClient client = letters.client(denied(ReceiveMessageRequest.class, 1))) {
			Report report = replay(letters.queue(client));
			assertThat(report.done()).isOne();
			assertThat(report.stopped()).contains("sqs:ReceiveMessage");
		}
	}

	@Test
	void namesThePermissionToReceive() {
		Letters letters = letters("");
		letters.write("1");
		try (SqsAsyncClient client = letters.client(denied(ReceiveMessageRequest.class, 0))) {
			assertThatExceptionOfType(QueueAccessDeniedException.class)
				.isThrownBy(() -> letters.queue(client).list(Selection.ALL, 10))
				.withMessageContaining("sqs:ReceiveMessage");
		}
	}

	@Test
	void saysWhatStaysHiddenIfItMayNotMakeItVisible() {
		Letters letters = letters("");
		letters.write("1");
		try (SqsAsyncClient client = letters.client(denied(ChangeMessageVisibilityBatchRequest.class, 0))) {
			assertThat(letters.queue(client).list(Selection.ALL, 10).notice()).contains("60 s",
					"sqs:ChangeMessageVisibility");
		}
	}

	@Test
	void namesThePermissionToLetSqsMove() {
		Letters letters = letters("");
		try (SqsAsyncClient client = letters.client(denied(StartMessageMoveTaskRequest.class, 0))) {
			assertThatExceptionOfType(QueueAccessDeniedException.class)
				.isThrownBy(() -> letters.queue(client).moveAll(null))
				.withMessageContaining("sqs:StartMessageMoveTask");
		}
	}

	@Test
	void stopsWhenItIsTold() {
		Letters letters = letters("");
		letters.write("1", "2", "3");
		DeadLetterQueue queue = letters.queue();
		Report report = queue.replay(Selection.ALL, ReplayOptions.DEFAULTS, (soFar) -> queue.stop());
		assertThat(report.done()).isOne();
		assertThat(report.stopped()).isEqualTo("it was told to stop");
		assertThat(letters.count(letters.dead())).isEqualTo(2);
	}

	private static Refusal denied(Class<? extends SdkRequest> requests, int granted) {
		return new Refusal(requests, "AccessDenied", granted);
	}

}
