package io.pubsub.aws.faults;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * SQS inside this process, for more messages than a broker could pass on in a minute: it
 * makes each when it is asked for, and remembers those in flight. What is handed back is
 * visible at once.
 */
final class EndlessSqs implements SqsAsyncClient {

	static final String URL = "https://sqs.us-east-1.amazonaws.com/123456789012/endless";

	private final ExecutorService threads = Executors.newFixedThreadPool(2);

	private final AtomicInteger made = new AtomicInteger();

	private final Queue<Integer> returned = new ConcurrentLinkedQueue<>();

	private final Set<String> inFlight = ConcurrentHashMap.newKeySet();

	private final int messages;

	EndlessSqs(int messages) {
		this.messages = messages;
	}

	/**
	 * How many messages are received and not deleted.
	 * @return the number at this moment
	 */
	int inFlight() {
		return this.inFlight.size();
	}

	@Override
	public CompletableFuture<ReceiveMessageResponse> receiveMessage(ReceiveMessageRequest request) {
		List<Message> messages = IntStream.range(0, request.maxNumberOfMessages())
			.mapToObj((place) -> next())
			.flatMap(Stream::ofNullable)
			.toList();
		ReceiveMessageResponse response = ReceiveMessageResponse.builder().messages(messages).build();
		return messages.isEmpty() ? new CompletableFuture<ReceiveMessageResponse>().completeOnTimeout(response,
				request.waitTimeSeconds(), TimeUnit.SECONDS) : answer(response);
	}

	private @Nullable Message next() {
		Integer number = this.returned.poll();
		if (number == null) {
			number = this.made.getAndUpdate((made) -> Math.min(made + 1, this.messages));
		}
		if (number == this.messages) {
			return null;
		}
		this.inFlight.add("" + number);
		return Message.builder().messageId("" + number).receiptHandle("" + number).body(Parcel.body(number)).build();
	}

	@Override
	public CompletableFuture<DeleteMessageBatchResponse> deleteMessageBatch(DeleteMessageBatchRequest request) {
		request.entries().forEach((entry) -> this.inFlight.remove(entry.receiptHandle()));
		return answer(DeleteMessageBatchResponse.builder()
			.successful(request.entries()
				.stream()
				.map((entry) -> DeleteMessageBatchResultEntry.builder().id(entry.id()).build())
				.toList())
			.build());
	}

	@Override
	public CompletableFuture<ChangeMessageVisibilityBatchResponse> changeMessageVisibilityBatch(
			ChangeMessageVisibilityBatchRequest request) {
		request.entries().stream().filter((entry) -> entry.visibilityTimeout() == 0).forEach((entry) -> {
			this.inFlight.remove(entry.receiptHandle());
			this.returned.add(Integer.valueOf(entry.receiptHandle()));
		});
		return answer(ChangeMessageVisibilityBatchResponse.builder()
			.successful(request.entries()
				.stream()
				.map((entry) -> ChangeMessageVisibilityBatchResultEntry.builder().id(entry.id()).build())
				.toList())
			.build());
	}

	@Override
	public CompletableFuture<GetQueueAttributesResponse> getQueueAttributes(GetQueueAttributesRequest request) {
		return answer(GetQueueAttributesResponse.builder()
			.attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "30"))
			.build());
	}

	private <T> CompletableFuture<T> answer(T response) {
		return CompletableFuture.supplyAsync(() -> response, this.threads);
	}

	@Override
	public String serviceName() {
		return "sqs";
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
