package io.pubsub.aws.sns;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.pubsub.aws.batch.SendAnswer;
import io.pubsub.aws.batch.SendCall;
import io.pubsub.transport.OutboundMessage;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * {@link SendCall} that publishes to an SNS topic. The id of an entry is its place in the
 * list.
 */
final class TopicCall implements SendCall {

	private final SnsAsyncClient client;

	TopicCall(SnsAsyncClient client) {
		this.client = client;
	}

	@Override
	public CompletableFuture<List<SendAnswer>> send(String address, List<OutboundMessage> messages) {
		CompletableFuture<List<SendAnswer>> answers = (messages.size() == 1) ? publish(messages.get(0))
				: publishBatch(address, messages);
		return answers.exceptionally((failure) -> {
			throw new CompletionException(TopicFailures.of(address, failure));
		});
	}

	private CompletableFuture<List<SendAnswer>> publish(OutboundMessage message) {
		return this.client.publish(request(message))
			.thenApply((response) -> List.of(SendAnswer.published(response.messageId())));
	}

	static PublishRequest request(OutboundMessage message) {
		return PublishRequest.builder()
			.topicArn(message.address())
			.message(message.body())
			.messageAttributes(attributes(message))
			.messageGroupId(message.groupId())
			.messageDeduplicationId(message.deduplicationId())
			.build();
	}

	private CompletableFuture<List<SendAnswer>> publishBatch(String topicArn, List<OutboundMessage> messages) {
		List<PublishBatchRequestEntry> entries = IntStream.range(0, messages.size())
			.mapToObj((place) -> entry(place, messages.get(place)))
			.toList();
		PublishBatchRequest request = PublishBatchRequest.builder()
			.topicArn(topicArn)
			.publishBatchRequestEntries(entries)
			.build();
		return this.client.publishBatch(request).thenApply((response) -> answers(topicArn, messages.size(), response));
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
		response.successful().forEach((entry) -> answers.put(entry.id(), SendAnswer.published(entry.messageId())));
		response.failed()
			.forEach((entry) -> answers.put(entry.id(),
					SendAnswer.failed(TopicFailures.of(topicArn, entry), !Boolean.TRUE.equals(entry.senderFault()))));
		return SendAnswer.inOrder(answers, count);
	}

}
