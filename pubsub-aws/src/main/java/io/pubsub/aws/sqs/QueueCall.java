package io.pubsub.aws.sqs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.pubsub.aws.batch.SendAnswer;
import io.pubsub.aws.batch.SendCall;
import io.pubsub.transport.OutboundMessage;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * {@link SendCall} that sends to an SQS queue. The id of an entry is its place in the
 * list.
 */
final class QueueCall implements SendCall {

	private final Map<String, CompletableFuture<String>> urls = new ConcurrentHashMap<>();

	private final SqsAsyncClient client;

	QueueCall(SqsAsyncClient client) {
		this.client = client;
	}

	@Override
	public CompletableFuture<List<SendAnswer>> send(String address, List<OutboundMessage> messages) {
		List<SendMessageBatchRequestEntry> entries = IntStream.range(0, messages.size())
			.mapToObj((place) -> entry(place, messages.get(place)))
			.toList();
		return url(address).thenCompose((url) -> sendTo(url, entries))
			.thenApply((response) -> answers(address, messages.size(), response))
			.exceptionally((failure) -> {
				throw new CompletionException(QueueFailures.translate(address, "SendMessageBatch", failure));
			});
	}

	private CompletableFuture<String> url(String address) {
		CompletableFuture<String> url = this.urls.computeIfAbsent(address,
				(text) -> new QueueResolver(this.client, QueueAddress.parse(text)).url());
		return url.whenComplete((found, failure) -> {
			if (failure != null) {
				this.urls.remove(address, url);
			}
		});
	}

	private CompletableFuture<SendMessageBatchResponse> sendTo(String url, List<SendMessageBatchRequestEntry> entries) {
		return this.client.sendMessageBatch(SendMessageBatchRequest.builder().queueUrl(url).entries(entries).build());
	}

	private static SendMessageBatchRequestEntry entry(int place, OutboundMessage message) {
		return SendMessageBatchRequestEntry.builder()
			.id(Integer.toString(place))
			.messageBody(message.body())
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

	private static List<SendAnswer> answers(String queueUrl, int count, SendMessageBatchResponse response) {
		Map<String, SendAnswer> answers = new HashMap<>();
		response.successful().forEach((entry) -> answers.put(entry.id(), SendAnswer.published(entry.messageId())));
		response.failed()
			.forEach((entry) -> answers.put(entry.id(),
					SendAnswer.failed(new IllegalStateException("SQS refused a message for queue %s: %s, %s"
						.formatted(queueUrl, entry.code(), entry.message())),
							!Boolean.TRUE.equals(entry.senderFault()))));
		return SendAnswer.inOrder(answers, count);
	}

}
