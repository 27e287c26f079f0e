package io.pubsub.benchmarks.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import io.pubsub.benchmarks.scenario.MessageJson;
import io.pubsub.benchmarks.scenario.Order;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * The SDK without anything: batches of ten, 16 of them at a time.
 */
final class RawPublisher implements Publisher {

	private static final int BATCH = 10;

	private static final int REQUESTS = 16;

	private static final Map<String, MessageAttributeValue> ATTRIBUTES = Map.of("media_type",
			MessageAttributeValue.builder().dataType("String").stringValue(Order.MEDIA_TYPE).build());

	private final MessageJson json = new MessageJson();

	private final Semaphore requests = new Semaphore(REQUESTS);

	private final SnsAsyncClient client;

	private final SnsClient blockingClient;

	private final String topicArn;

	RawPublisher(SnsAsyncClient client, SnsClient blockingClient, String topicArn) {
		this.client = client;
		this.blockingClient = blockingClient;
		this.topicArn = topicArn;
	}

	@Override
	public void publish(Order order) {
		this.blockingClient.publish(request(order));
	}

	@Override
	public CompletableFuture<?> publishAsync(Order order) {
		return this.client.publish(request(order));
	}

	private PublishRequest request(Order order) {
		return PublishRequest.builder()
			.topicArn(this.topicArn)
			.message(this.json.write(Order.MEDIA_TYPE, order))
			.messageAttributes(ATTRIBUTES)
			.build();
	}

	@Override
	public int publishAll(List<Order> orders) {
		List<CompletableFuture<PublishBatchResponse>> answers = new ArrayList<>();
		for (int from = 0; from < orders.size(); from += BATCH) {
			answers.add(send(orders.subList(from, Math.min(from + BATCH, orders.size()))));
		}
		return answers.stream().mapToInt((answer) -> answer.join().successful().size()).sum();
	}

	private CompletableFuture<PublishBatchResponse> send(List<Order> orders) {
		List<PublishBatchRequestEntry> entries = IntStream.range(0, orders.size())
			.mapToObj((place) -> PublishBatchRequestEntry.builder()
				.id(String.valueOf(place))
				.message(this.json.write(Order.MEDIA_TYPE, orders.get(place)))
				.messageAttributes(ATTRIBUTES)
				.build())
			.toList();
		this.requests.acquireUninterruptibly();
		return this.client
			.publishBatch((request) -> request.topicArn(this.topicArn).publishBatchRequestEntries(entries))
			.whenComplete((answer, failure) -> this.requests.release());
	}

}
