package io.pubsub.aws.sns;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.pubsub.aws.batch.SendAnswer;
import io.pubsub.aws.batch.SendCall;
import io.pubsub.transport.OutboundMessage;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;

/**
 * {@link SendCall} that publishes to an SNS topic. The id of an entry is its place in the
 * list.
 */
final class TopicCall implements SendCall {

	private final Function<PublishRequest, CompletableFuture<PublishResponse>> publish;

	private final Function<PublishBatchRequest, CompletableFuture<PublishBatchResponse>> publishBatch;

	private TopicCall(Function<PublishRequest, CompletableFuture<PublishResponse>> publish,
			Function<PublishBatchRequest, CompletableFuture<PublishBatchResponse>> publishBatch) {
		this.publish = publish;
		this.publishBatch = publishBatch;
	}

	static TopicCall of(SnsAsyncClient client) {
		return new TopicCall(client::publish, client::publishBatch);
	}

	// Such a call is over when it returns.
	static TopicCall blocking(SnsClient client) {
		return new TopicCall(waitingFor(client::publish), waitingFor(client::publishBatch));
	}

	private static <Q, A> Function<Q, CompletableFuture<A>> waitingFor(Function<Q, A> call) {
		return (request) -> {
			try {
				return CompletableFuture.completedFuture(call.apply(request));
			}
			catch (RuntimeException ex) {
				return CompletableFuture.failedFuture(ex);
			}
		};
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
		PublishRequest request = PublishRequest.builder()
			.topicArn(message.address())
			.message(message.body())
			.messageAttributes(attributes(message))
			.messageGroupId(message.groupId())
			.messageDeduplicationId(message.deduplicationId())
			.build();
		return this.publish.apply(request).thenApply((response) -> List.of(SendAnswer.published(response.messageId())));
	}

	private CompletableFuture<List<SendAnswer>> publishBatch(String topicArn, List<OutboundMessage> messages) {
		List<PublishBatchRequestEntry> entries = IntStream.range(0, messages.size())
			.mapToObj((place) -> entry(place, messages.get(place)))
			.toList();
		PublishBatchRequest request = PublishBatchRequest.builder()
			.topicArn(topicArn)
			.publishBatchRequestEntries(entries)
			.build();
		return this.publishBatch.apply(request).thenApply((response) -> answers(topicArn, messages.size(), response));
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
