package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.pubsub.MediaType;
import io.pubsub.aws.batch.MessageTooLargeException;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.InvalidMessageContentsException;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SqsDestination}.
 */
class SqsDestinationTests {

	private static final String QUEUE = "https://sqs.eu-west-1.amazonaws.com/123456789012/dead";

	private static final MediaType MEDIA_TYPE = new MediaType("application/vnd.example.foo");

	private final FakeSqs sqs = new FakeSqs();

	private final SqsDestination destination = new SqsDestination(this.sqs);

	@Test
	void sendsMessagesTogether() {
		List<PublishResult> results = publish(message("a"), message("b"));
		assertThat(results).containsExactly(PublishResult.published("id of a"), PublishResult.published("id of b"));
		SendMessageBatchRequest request = this.sqs.requests.get(0);
		assertThat(request.queueUrl()).isEqualTo(QUEUE);
		assertThat(request.entries()).extracting(SendMessageBatchRequestEntry::id).doesNotHaveDuplicates();
		assertThat(request.entries()).extracting(SendMessageBatchRequestEntry::messageAttributes)
			.containsOnly(Map.of("reason",
					MessageAttributeValue.builder().dataType("String").stringValue("malformed").build()));
	}

	@Test
	void handsOnGroupAndDeduplication() {
		publish(grouped("a", "one", "once"), grouped("b", "two", "twice"));
		assertThat(this.sqs.requests.get(0).entries()).extracting(SendMessageBatchRequestEntry::messageGroupId)
			.containsExactly("one", "two");
		assertThat(this.sqs.requests.get(0).entries()).extracting(SendMessageBatchRequestEntry::messageDeduplicationId)
			.containsExactly("once", "twice");
	}

	@Test
	void sendsASingleMessageByItself() {
		assertThat(publish(grouped("a", "group", "once"))).containsExactly(PublishResult.published("id of a"));
		assertThat(this.sqs.requests).isEmpty();
		assertThat(this.sqs.single).containsExactly(SendMessageRequest.builder()
			.queueUrl(QUEUE + ".fifo")
			.messageBody("a")
			.messageAttributes(Map.of("reason",
					MessageAttributeValue.builder().dataType("String").stringValue("malformed").build()))
			.messageGroupId("group")
			.messageDeduplicationId("once")
			.build());
	}

	@Test
	void saysWhyASingleMessageIsRefused() {
		assertThat(publish(message("refused")).get(0).failure())
			.hasMessage("SQS refused a message for queue %s: InvalidMessageContents, no such characters", QUEUE);
	}

	@Test
	void givesEachMessageItsOwnResult() {
		List<PublishResult> results = publish(message("refused"), message("a"));
		assertThat(results.get(0).failure()).hasMessageContainingAll(QUEUE, "InvalidMessageContents");
		assertThat(results.get(1).isPublished()).isTrue();
	}

	@Test
	void takesLargerMessagesThanSns() {
		assertThat(publish(message("a".repeat(1_000_000))).get(0).isPublished()).isTrue();
		assertThat(publish(message("a".repeat(1_048_576))).get(0).failure())
			.isInstanceOf(MessageTooLargeException.class);
	}

	@Test
	void takesNoMoreThanQueuesThatAreSetToTakeLess() {
		SqsDestination small = new SqsDestination(new FakeSqs(), 1024, Duration.ofSeconds(15), Timekeeper.shared());
		assertThat(small.publish(List.of(message("a".repeat(1024)))).join().get(0).failure())
			.isInstanceOf(MessageTooLargeException.class)
			.hasMessageContaining("takes 1024");
		assertThat(small.rules().maxBytes(QUEUE)).isEqualTo(1024);
	}

	@Test
	void saysWhenTheQueueDoesNotExist() {
		assertThat(publish(message("nowhere")).get(0).failure()).isInstanceOf(QueueNotFoundException.class)
			.hasMessageContainingAll(QUEUE, "(SendMessage)");
	}

	private List<PublishResult> publish(OutboundMessage... messages) {
		CompletableFuture<List<PublishResult>> results = this.destination.publish(List.of(messages));
		assertThat(results).succeedsWithin(Duration.ofSeconds(10));
		return results.join();
	}

	private static OutboundMessage grouped(String body, String group, String id) {
		return new OutboundMessage(QUEUE + ".fifo", MEDIA_TYPE, body, Map.of("reason", "malformed"), group, id);
	}

	private static OutboundMessage message(String body) {
		return new OutboundMessage(QUEUE, MEDIA_TYPE, body, Map.of("reason", "malformed"));
	}

	/**
	 * Remembers its requests. It refuses the body {@code refused}, and has no queue for
	 * the body {@code nowhere}.
	 */
	private static final class FakeSqs implements SqsAsyncClient {

		private final List<SendMessageBatchRequest> requests = new ArrayList<>();

		private final List<SendMessageRequest> single = new ArrayList<>();

		@Override
		public String serviceName() {
			return "sqs";
		}

		@Override
		public void close() {
		}

		@Override
		public CompletableFuture<SendMessageResponse> sendMessage(SendMessageRequest request) {
			this.single.add(request);
			return switch (request.messageBody()) {
				case "refused" -> CompletableFuture.failedFuture(refusal());
				case "nowhere" ->
					CompletableFuture.failedFuture(QueueDoesNotExistException.builder().message("no queue").build());
				default -> CompletableFuture
					.completedFuture(SendMessageResponse.builder().messageId("id of " + request.messageBody()).build());
			};
		}

		private static Throwable refusal() {
			return InvalidMessageContentsException.builder()
				.awsErrorDetails(AwsErrorDetails.builder()
					.errorCode("InvalidMessageContents")
					.errorMessage("no such characters")
					.build())
				.build();
		}

		@Override
		public CompletableFuture<SendMessageBatchResponse> sendMessageBatch(SendMessageBatchRequest request) {
			this.requests.add(request);
			SendMessageBatchResponse.Builder response = SendMessageBatchResponse.builder();
			List<SendMessageBatchResultEntry> successful = new ArrayList<>();
			for (SendMessageBatchRequestEntry entry : request.entries()) {
				if (entry.messageBody().equals("refused")) {
					response.failed(BatchResultErrorEntry.builder()
						.id(entry.id())
						.code("InvalidMessageContents")
						.senderFault(true)
						.build());
				}
				else {
					successful.add(SendMessageBatchResultEntry.builder()
						.id(entry.id())
						.messageId("id of " + entry.messageBody())
						.build());
				}
			}
			return CompletableFuture.completedFuture(response.successful(successful).build());
		}

	}

}
