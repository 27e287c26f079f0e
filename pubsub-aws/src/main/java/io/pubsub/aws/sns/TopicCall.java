package io.pubsub.aws.sns;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.pubsub.aws.batch.CallTimer;
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

	private final CallTimer timer;

	private final Duration timeout;

	TopicCall(SnsAsyncClient client, CallTimer timer, Duration timeout) {
		this.client = client;
		this.timer = timer;
		this.timeout = timeout;
	}

	@Override
	public CompletableFuture<SendAnswer> send(OutboundMessage message) {
		return this.timer.limit(this.client.publish(request(message).build()))
			.thenApply((response) -> answer(message.address(), response.messageId(), response));
	}

	@Override
	public CompletableFuture<List<SendAnswer>> send(String address, List<OutboundMessage> messages) {
		if (messages.size() == 1) {
			return send(messages.get(0)).thenApply(List::of);
		}
		PublishBatchRequest request = PublishBatchRequest.builder()
			.topicArn(address)
			.publishBatchRequestEntries(
					IntStream.range(0, messages.size()).mapToObj((place) -> entry(place, messages.get(place))).toList())
			.build();
		return this.timer.limit(this.client.publishBatch(request))
			.thenApply((response) -> answers(address, messages.size(), response));
	}

	@Override
	public Exception explain(String address, Throwable failure) {
		return TopicFailures.of(address, this.timeout, failure);
	}

	static SendAnswer answer(String topicArn, @Nullable String messageId, SnsResponse response) {
		return SendAnswer.of(messageId, () -> TopicFailures.unconfirmed(topicArn, response.sdkHttpResponse()));
	}

	static PublishRequest.Builder request(OutboundMessage message) {
		return PublishRequest.builder()
			.topicArn(message.address())
			.message(message.body())
			.messageAttributes(attributes(message))
			.messageGroupId(message.groupId())
			.messageDeduplicationId(message.deduplicationId());
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
		return SendCall.attributes(message,
				(value) -> MessageAttributeValue.builder().dataType("String").stringValue(value).build());
	}

	private static List<SendAnswer> answers(String topicArn, int count, PublishBatchResponse response) {
		Map<String, SendAnswer> answers = new HashMap<>();
		response.successful()
			.forEach((entry) -> answers.put(entry.id(), answer(topicArn, entry.messageId(), response)));
		response.failed()
			.forEach((entry) -> answers.put(entry.id(),
					SendAnswer.refused(TopicFailures.of(topicArn, entry), entry.code(), entry.senderFault())));
		return SendAnswer.inOrder(answers, count,
				() -> TopicFailures.unconfirmed(topicArn, response.sdkHttpResponse()));
	}

}
