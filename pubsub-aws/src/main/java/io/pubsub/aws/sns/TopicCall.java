package io.pubsub.aws.sns;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.pubsub.aws.batch.SendAnswer;
import io.pubsub.aws.batch.SendCall;
import io.pubsub.transport.OutboundMessage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.SnsResponse;

/**
 * {@link SendCall} that publishes to an SNS topic. The id of an entry is its place in the
 * list.
 */
final class TopicCall implements SendCall {

	private final SnsAsyncClient client;

	private final Duration timeout;

	TopicCall(SnsAsyncClient client, Duration timeout) {
		this.client = client;
		this.timeout = timeout;
	}

	@Override
	public CompletableFuture<List<SendAnswer>> send(String address, List<OutboundMessage> messages) {
		CompletableFuture<List<SendAnswer>> answers = (messages.size() == 1) ? publish(messages.get(0))
				: publishBatch(address, messages);
		// What follows may take long: the JDK has one thread for the timers of everybody.
		return answers.exceptionallyAsync((failure) -> {
			throw new CompletionException(TopicFailures.of(address, this.timeout, failure));
		});
	}

	private CompletableFuture<List<SendAnswer>> publish(OutboundMessage message) {
		return bounded(this.client.publish(request(message).build()))
			.thenApply((response) -> List.of(answer(message.address(), response.messageId(), response)));
	}

	static SendAnswer answer(String topicArn, @Nullable String messageId, SnsResponse response) {
		return (messageId != null && !messageId.isEmpty()) ? SendAnswer.published(messageId)
				: SendAnswer.failed(TopicFailures.unconfirmed(topicArn, response.sdkHttpResponse()), false);
	}

	// The SDK aborts the request. It could do the same with timers of its own, but those
	// stay until they expire.
	private <T> CompletableFuture<T> bounded(CompletableFuture<T> call) {
		return call.orTimeout(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	static PublishRequest.Builder request(OutboundMessage message) {
		return PublishRequest.builder()
			.topicArn(message.address())
			.message(message.body())
			.messageAttributes(attributes(message))
			.messageGroupId(message.groupId())
			.messageDeduplicationId(message.deduplicationId());
	}

	private CompletableFuture<List<SendAnswer>> publishBatch(String topicArn, List<OutboundMessage> messages) {
		List<PublishBatchRequestEntry> entries = IntStream.range(0, messages.size())
			.mapToObj((place) -> entry(place, messages.get(place)))
			.toList();
		PublishBatchRequest request = PublishBatchRequest.builder()
			.topicArn(topicArn)
			.publishBatchRequestEntries(entries)
			.build();
		return bounded(this.client.publishBatch(request))
			.thenApply((response) -> answers(topicArn, messages.size(), response));
	}

	private static PublishBatchRequestEntry entry(int place, OutboundMessage message) {
		return PublishBatchRequestEntry.builder()
			.id(Integer.toString(place))
			.message(message.body())
			.messageAttributes(attributes(message))
			.messageGroupId(message.groupId())
			.messageDeduplicationId(message.deduplicationId())
			.build();
	}

	private static Map<String, MessageAttributeValue> attributes(OutboundMessage message) {
		return message.attributes()
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					(attribute) -> MessageAttributeValue.builder()
						.dataType("String")
						.stringValue(attribute.getValue())
						.build()));
	}

	private static List<SendAnswer> answers(String topicArn, int count, PublishBatchResponse response) {
		Map<String, SendAnswer> answers = new HashMap<>();
		response.successful()
			.forEach((entry) -> answers.put(entry.id(), answer(topicArn, entry.messageId(), response)));
		response.failed()
			.forEach((entry) -> answers.put(entry.id(),
					SendAnswer.failed(TopicFailures.of(topicArn, entry), !Boolean.TRUE.equals(entry.senderFault()))));
		return SendAnswer.inOrder(answers, count,
				() -> TopicFailures.unconfirmed(topicArn, response.sdkHttpResponse()));
	}

}
