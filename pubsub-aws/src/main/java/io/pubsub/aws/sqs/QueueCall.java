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
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.SqsResponse;

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
	public CompletableFuture<SendAnswer> send(OutboundMessage message) {
		String address = message.address();
		return url(address)
			.thenCompose((url) -> this.timer.limit(this.client.sendMessage(request(message).queueUrl(url).build())))
			.thenApply((response) -> SendAnswer.of(response.messageId(), () -> unconfirmed(address, response)));
	}

	@Override
	public CompletableFuture<List<SendAnswer>> send(String address, List<OutboundMessage> messages) {
		if (messages.size() == 1) {
			return send(messages.get(0)).thenApply(List::of);
		}
		List<SendMessageBatchRequestEntry> entries = IntStream.range(0, messages.size())
			.mapToObj((place) -> entry(place, messages.get(place)))
			.toList();
		return url(address).thenCompose((url) -> sendTo(url, entries))
			.thenApply((response) -> answers(address, messages.size(), response));
	}

	// To send a batch takes the same permission. An answer that is no JSON is an
	// UncheckedIOException to the SDK.
	@Override
	public Exception explain(String address, Throwable failure) {
		Throwable cause = QueueFailures.translate(address, "SendMessage", failure);
		if (Unconfirmed.isBehind(cause, UncheckedIOException.class)) {
			return new IllegalStateException(Unconfirmed.text("SQS", address, "MessageId", null), cause);
		}
		if (cause instanceof SqsException ex && ex.awsErrorDetails() != null) {
			return refused(address, ex.awsErrorDetails().errorCode(), ex.awsErrorDetails().errorMessage(), ex);
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

	private static SendMessageRequest.Builder request(OutboundMessage message) {
		return SendMessageRequest.builder()
			.messageBody(message.body())
			.messageAttributes(attributes(message))
			.messageGroupId(message.groupId())
			.messageDeduplicationId(message.deduplicationId());
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

	private static List<SendAnswer> answers(String address, int count, SendMessageBatchResponse response) {
		Map<String, SendAnswer> answers = new HashMap<>();
		Supplier<Exception> unconfirmed = () -> unconfirmed(address, response);
		response.successful()
			.forEach((entry) -> answers.put(entry.id(), SendAnswer.of(entry.messageId(), unconfirmed)));
		response.failed()
			.forEach((entry) -> answers.put(entry.id(), SendAnswer
				.refused(refused(address, entry.code(), entry.message(), null), entry.code(), entry.senderFault())));
		return SendAnswer.inOrder(answers, count, unconfirmed);
	}

	private static Exception unconfirmed(String address, SqsResponse response) {
		return new IllegalStateException(Unconfirmed.text("SQS", address, "MessageId", response.sdkHttpResponse()));
	}

	private static Exception refused(String address, String code, @Nullable String message, @Nullable Exception cause) {
		return new IllegalStateException("SQS refused a message for queue %s: %s, %s".formatted(address, code, message),
				cause);
	}

}
