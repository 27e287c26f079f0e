package io.pubsub.aws.sqs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;

import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * SQS in the hands of a test: receives stay open until the test answers them, and
 * settlements succeed unless a failure was scripted.
 */
final class FakeSqs implements SqsAsyncClient {

	static final String URL = "https://sqs.eu-west-1.amazonaws.com/123456789012/orders";

	final List<ReceiveMessageRequest> receives = new ArrayList<>();

	final List<DeleteMessageBatchRequest> deletes = new ArrayList<>();

	final List<ChangeMessageVisibilityBatchRequest> changes = new ArrayList<>();

	private final Deque<OpenReceive> open = new ArrayDeque<>();

	private final Deque<Function<DeleteMessageBatchRequest, CompletableFuture<DeleteMessageBatchResponse>>> deleteScript = new ArrayDeque<>();

	private final Deque<CompletableFuture<ChangeMessageVisibilityBatchResponse>> changeScript = new ArrayDeque<>();

	private final Deque<Throwable> startFailures = new ArrayDeque<>();

	private Runnable nextReceive = () -> {
	};

	private int messages;

	String visibilityTimeout = "30";

	void onNextReceive(Runnable action) {
		this.nextReceive = action;
	}

	void failToStart(Throwable failure) {
		this.startFailures.add(failure);
	}

	synchronized void onNextDelete(
			Function<DeleteMessageBatchRequest, CompletableFuture<DeleteMessageBatchResponse>> answer) {
		this.deleteScript.add(answer);
	}

	synchronized void answerNextChange(CompletableFuture<ChangeMessageVisibilityBatchResponse> answer) {
		this.changeScript.add(answer);
	}

	void failNextDelete(Throwable failure) {
		onNextDelete((request) -> CompletableFuture.failedFuture(failure));
	}

	/** Answers the oldest open receive with new messages. */
	void answer(int count) {
		complete(takeOpen(), count);
	}

	void answer(List<Message> messages) {
		complete(takeOpen(), messages);
	}

	void failReceive(Throwable failure) {
		takeOpen().answer().completeExceptionally(failure);
	}

	synchronized List<Integer> openLimits() {
		return this.open.stream().map((receive) -> receive.request().maxNumberOfMessages()).toList();
	}

	synchronized List<Integer> openWaits() {
		return this.open.stream().map((receive) -> receive.request().waitTimeSeconds()).toList();
	}

	/** Answers the oldest open receive, if there is one, with as many as it may bring. */
	void answerIfOpen(int count) {
		OpenReceive receive;
		synchronized (this) {
			receive = this.open.poll();
		}
		if (receive != null) {
			complete(receive, Math.min(count, receive.request().maxNumberOfMessages()));
		}
	}

	synchronized List<String> deleted() {
		return this.deletes.stream()
			.flatMap((request) -> request.entries().stream())
			.map(DeleteMessageBatchRequestEntry::receiptHandle)
			.toList();
	}

	synchronized List<Integer> visibilities() {
		return this.changes.stream()
			.flatMap((request) -> request.entries().stream())
			.map((entry) -> entry.visibilityTimeout())
			.toList();
	}

	static Message message(String id, String handle) {
		return Message.builder().messageId(id).receiptHandle(handle).body("{}").build();
	}

	static DeleteMessageBatchResponse deleteAnswer(DeleteMessageBatchRequest request, String failedId, String code,
			boolean senderFault) {
		return DeleteMessageBatchResponse.builder()
			.successful(request.entries()
				.stream()
				.filter((entry) -> !entry.id().equals(failedId))
				.map((entry) -> DeleteMessageBatchResultEntry.builder().id(entry.id()).build())
				.toList())
			.failed(BatchResultErrorEntry.builder().id(failedId).code(code).senderFault(senderFault).build())
			.build();
	}

	static DeleteMessageBatchResponse deleteAnswer(DeleteMessageBatchRequest request) {
		return DeleteMessageBatchResponse.builder()
			.successful(request.entries()
				.stream()
				.map((entry) -> DeleteMessageBatchResultEntry.builder().id(entry.id()).build())
				.toList())
			.build();
	}

	@Override
	public synchronized CompletableFuture<ReceiveMessageResponse> receiveMessage(ReceiveMessageRequest request) {
		this.receives.add(request);
		this.nextReceive.run();
		OpenReceive receive = new OpenReceive(request, new CompletableFuture<>());
		this.open.add(receive);
		return receive.answer();
	}

	@Override
	public CompletableFuture<DeleteMessageBatchResponse> deleteMessageBatch(DeleteMessageBatchRequest request) {
		Function<DeleteMessageBatchRequest, CompletableFuture<DeleteMessageBatchResponse>> scripted;
		synchronized (this) {
			this.deletes.add(request);
			scripted = this.deleteScript.poll();
		}
		return (scripted != null) ? scripted.apply(request) : CompletableFuture.completedFuture(deleteAnswer(request));
	}

	@Override
	public synchronized CompletableFuture<ChangeMessageVisibilityBatchResponse> changeMessageVisibilityBatch(
			ChangeMessageVisibilityBatchRequest request) {
		this.changes.add(request);
		CompletableFuture<ChangeMessageVisibilityBatchResponse> scripted = this.changeScript.poll();
		return (scripted != null) ? scripted
				: CompletableFuture.completedFuture(ChangeMessageVisibilityBatchResponse.builder()
					.successful(request.entries()
						.stream()
						.map((entry) -> ChangeMessageVisibilityBatchResultEntry.builder().id(entry.id()).build())
						.toList())
					.build());
	}

	@Override
	public CompletableFuture<GetQueueUrlResponse> getQueueUrl(GetQueueUrlRequest request) {
		Throwable failure = this.startFailures.poll();
		return (failure != null) ? CompletableFuture.failedFuture(failure)
				: CompletableFuture.completedFuture(GetQueueUrlResponse.builder().queueUrl(URL).build());
	}

	@Override
	public CompletableFuture<GetQueueAttributesResponse> getQueueAttributes(GetQueueAttributesRequest request) {
		Throwable failure = this.startFailures.poll();
		return (failure != null) ? CompletableFuture.failedFuture(failure)
				: CompletableFuture.completedFuture(GetQueueAttributesResponse.builder()
					.attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, this.visibilityTimeout))
					.build());
	}

	@Override
	public String serviceName() {
		return "sqs";
	}

	@Override
	public void close() {
	}

	private synchronized OpenReceive takeOpen() {
		return this.open.remove();
	}

	private void complete(OpenReceive receive, int count) {
		int first = number(count);
		complete(receive,
				IntStream.range(first, first + count)
					.mapToObj((number) -> message("m" + number, "r" + number))
					.toList());
	}

	private static void complete(OpenReceive receive, List<Message> messages) {
		receive.answer().complete(ReceiveMessageResponse.builder().messages(messages).build());
	}

	private synchronized int number(int count) {
		this.messages += count;
		return this.messages - count + 1;
	}

	private record OpenReceive(ReceiveMessageRequest request, CompletableFuture<ReceiveMessageResponse> answer) {

	}

}
