package io.pubsub.aws.sqs;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.pubsub.aws.batch.CallTimer;
import io.pubsub.aws.batch.SendAnswer;
import io.pubsub.aws.batch.SendCall;
import io.pubsub.aws.batch.Unconfirmed;
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

	private final CallTimer timer;

	private final Duration timeout;

	QueueCall(SqsAsyncClient client, CallTimer timer, Duration timeout) {
		this.client = client;
		this.timer = timer;
		this.timeout = timeout;
	}

	@Override
	public CompletableFuture<List<SendAnswer>> send(String address, List<OutboundMessage> messages) {
		List<SendMessageBatchRequestEntry> entries = IntStream.range(0, messages.size())
			.mapToObj((place) -> entry(place, messages.get(place)))
			.toList();
		return url(address).thenCompose((url) -> sendTo(url, entries))
			.thenApply((response) -> answers(address, messages.size(), response));
	}

	// An answer that is no JSON is an UncheckedIOException to the SDK.
	@Override
	public Exception explain(String address, Throwable failure) {
		Throwable cause = QueueFailures.translate(address, "SendMessageBatch", failure);
		if (Unconfirmed.isBehind(cause, UncheckedIOException.class)) {
			return new IllegalStateException(Unconfirmed.text("SQS", address, "MessageId", null), cause);
		}
		return (cause instanceof TimeoutException)
				? new IllegalStateException(
						("SQS has not answered for queue %s within %d ms, the timeout: nobody knows whether the"
								+ " message was sent")
							.formatted(address, this.timeout.toMillis()),
						cause)
				: SendCall.super.explain(address, cause);
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
		return this.timer.limit(
				this.client.sendMessageBatch(SendMessageBatchRequest.builder().queueUrl(url).entries(entries).build()));
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
		return SendCall.attributes(message,
				(value) -> MessageAttributeValue.builder().dataType("String").stringValue(value).build());
	}

	private static List<SendAnswer> answers(String queueUrl, int count, SendMessageBatchResponse response) {
		Map<String, SendAnswer> answers = new HashMap<>();
		Supplier<Exception> unconfirmed = () -> new IllegalStateException(
				Unconfirmed.text("SQS", queueUrl, "MessageId", response.sdkHttpResponse()));
		response.successful()
			.forEach((entry) -> answers.put(entry.id(), SendAnswer.of(entry.messageId(), unconfirmed)));
		response.failed()
			.forEach(
					(entry) -> answers
						.put(entry.id(),
								SendAnswer.refused(
										new IllegalStateException("SQS refused a message for queue %s: %s, %s"
											.formatted(queueUrl, entry.code(), entry.message())),
										entry.senderFault())));
		return SendAnswer.inOrder(answers, count, unconfirmed);
	}

}
