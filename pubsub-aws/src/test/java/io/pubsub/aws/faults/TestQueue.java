package io.pubsub.aws.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A queue as the tests see it: on a way that has no faults.
 *
 * @param client the client
 * @param url the URL of the queue
 */
record TestQueue(SqsAsyncClient client, String url) {

	private static final int BATCH = 10;

	/**
	 * Sends parcels.
	 * @param count the number of parcels, which are numbered from 0
	 */
	void sendParcels(int count) {
		sendParcels(0, count);
	}

	/**
	 * Sends parcels.
	 * @param from the number of the first
	 * @param to the number after the last
	 */
	void sendParcels(int from, int to) {
		send(IntStream.range(from, to).mapToObj(Parcel::message).toList());
	}

	/**
	 * Sends messages in batches, many at the same time.
	 * @param messages the messages, without ids of entries
	 */
	void send(List<SendMessageBatchRequestEntry> messages) {
		List<CompletableFuture<?>> sent = new ArrayList<>();
		batches(messages).forEach((batch) -> sent.add(sendBatch(batch)));
		sent.forEach(CompletableFuture::join);
	}

	/**
	 * Sends messages in batches, one after the other.
	 * @param messages the messages, without ids of entries
	 */
	void sendInOrder(List<SendMessageBatchRequestEntry> messages) {
		batches(messages).forEach((batch) -> sendBatch(batch).join());
	}

	private static Stream<List<SendMessageBatchRequestEntry>> batches(List<SendMessageBatchRequestEntry> messages) {
		return IntStream.iterate(0, (from) -> from < messages.size(), (from) -> from + BATCH)
			.mapToObj((from) -> messages.subList(from, Math.min(from + BATCH, messages.size())));
	}

	private CompletableFuture<?> sendBatch(List<SendMessageBatchRequestEntry> batch) {
		List<SendMessageBatchRequestEntry> entries = IntStream.range(0, batch.size())
			.mapToObj((place) -> batch.get(place).toBuilder().id("" + place).build())
			.toList();
		return this.client.sendMessageBatch((request) -> request.queueUrl(this.url).entries(entries));
	}

	/**
	 * Receives messages and leaves them on the queue, hidden.
	 * @param count the number of messages
	 * @return the messages, with their attributes
	 */
	List<Message> receive(int count) {
		List<Message> messages = new ArrayList<>();
		while (messages.size() < count) {
			List<Message> more = this.client
				.receiveMessage((request) -> request.queueUrl(this.url)
					.maxNumberOfMessages(BATCH)
					.waitTimeSeconds(1)
					.messageAttributeNames("All"))
				.join()
				.messages();
			assertThat(more).as("after %d of %d messages", messages.size(), count).isNotEmpty();
			messages.addAll(more);
		}
		return messages;
	}

	/**
	 * Receives all messages and leaves them visible.
	 * @param count the number of messages that there are, at most ten
	 * @param times the number of receives
	 */
	void wearOut(int count, int times) {
		IntStream.range(0, times)
			.mapToObj((time) -> this.client
				.receiveMessage((request) -> request.queueUrl(this.url).maxNumberOfMessages(count).visibilityTimeout(0))
				.join())
			.forEach((received) -> assertThat(received.messages()).hasSize(count));
	}

	/**
	 * The number of messages that can be received.
	 * @return the number at this moment
	 */
	int visible() {
		return count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
	}

	/**
	 * The number of messages that are received and not deleted.
	 * @return the number at this moment
	 */
	int inFlight() {
		return count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
	}

	boolean isEmpty() {
		return visible() == 0 && inFlight() == 0;
	}

	private int count(QueueAttributeName name) {
		Map<QueueAttributeName, String> attributes = this.client
			.getQueueAttributes((request) -> request.queueUrl(this.url).attributeNames(name))
			.join()
			.attributes();
		return Integer.parseInt(attributes.getOrDefault(name, "0"));
	}

}
