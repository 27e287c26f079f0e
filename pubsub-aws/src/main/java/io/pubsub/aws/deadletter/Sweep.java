package io.pubsub.aws.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import io.pubsub.aws.sqs.QueueClient;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * One way through a queue, on which each letter is met once. SQS cannot show a letter
 * without handing it over, so what was met is hidden until the end of the way, and comes
 * back by itself a minute later if this process is killed.
 * <p>
 * For one thread.
 */
final class Sweep implements AutoCloseable {

	static final int BATCH = 10;

	static final Duration HIDDEN = Duration.ofMinutes(1);

	// What was hidden for longer than that comes again; it must not go on for ever.
	private static final int ROUNDS = 3;

	private final QueueClient queue;

	private final LetterReader reader;

	private final Duration wait;

	private final Set<String> met = new HashSet<>();

	private final Map<String, String> receipts = new ConcurrentHashMap<>();

	private @Nullable String fault;

	/**
	 * Begins at the head of a queue.
	 * @param queue the queue
	 * @param reader reads its letters
	 * @param wait the time after which no more letters are expected, in whole seconds
	 */
	Sweep(QueueClient queue, LetterReader reader, Duration wait) {
		this.queue = queue;
		this.reader = reader;
		this.wait = wait;
	}

	/**
	 * The next letters that were not met yet.
	 * @param limit the most letters, from 1; there are 10 at most
	 * @return the letters; empty if there are no more
	 */
	List<Held> next(int limit) {
		for (int round = 0; round < ROUNDS; round++) {
			List<Message> messages = receive(Math.min(limit, BATCH));
			if (messages.isEmpty()) {
				return List.of();
			}
			messages.forEach((message) -> this.receipts.put(message.messageId(), message.receiptHandle()));
			List<Held> fresh = messages.stream()
				.filter((message) -> this.met.add(message.messageId()))
				.map(this.reader::read)
				.toList();
			if (!fresh.isEmpty()) {
				return fresh;
			}
		}
		return List.of();
	}

	private List<Message> receive(int limit) {
		return this.queue.call("ReceiveMessage",
				(client, url) -> client.receiveMessage(ReceiveMessageRequest.builder()
					.queueUrl(url)
					.receiveRequestAttemptId(this.queue.isFifo() ? UUID.randomUUID().toString() : null)
					.maxNumberOfMessages(limit)
					.waitTimeSeconds((int) this.wait.toSeconds())
					.visibilityTimeout((int) HIDDEN.toSeconds())
					.messageAttributeNames("All")
					.messageSystemAttributeNames(MessageSystemAttributeName.ALL)
					.build()))
			.messages();
	}

	/**
	 * The number of letters met so far.
	 * @return the number
	 */
	int count() {
		return this.met.size();
	}

	/**
	 * Deletes a letter that was met.
	 * @param held the letter
	 * @return completes when it is deleted
	 */
	CompletableFuture<?> delete(Held held) {
		String receipt = this.receipts.get(held.id());
		return this.queue
			.send("DeleteMessage",
					(client, url) -> client.deleteMessage((request) -> request.queueUrl(url).receiptHandle(receipt)))
			.thenRun(() -> this.receipts.remove(held.id()));
	}

	/**
	 * What is left of the way, for people.
	 * @return {@code null} if all that was met can be received again
	 */
	@Nullable String fault() {
		return this.fault;
	}

	/**
	 * Makes visible again what was met and not deleted.
	 */
	@Override
	public void close() {
		List<String> handles = new ArrayList<>(this.receipts.values());
		int failed = 0;
		try {
			for (int from = 0; from < handles.size(); from += BATCH) {
				failed += release(handles.subList(from, Math.min(from + BATCH, handles.size()))).failed().size();
			}
			if (failed > 0) {
				this.fault = staysHidden(failed + " of them could not be made visible");
			}
		}
		catch (RuntimeException ex) {
			this.fault = staysHidden(LogText.of(ex.getMessage()));
		}
		this.receipts.clear();
	}

	private ChangeMessageVisibilityBatchResponse release(List<String> handles) {
		List<ChangeMessageVisibilityBatchRequestEntry> entries = IntStream.range(0, handles.size())
			.mapToObj((place) -> ChangeMessageVisibilityBatchRequestEntry.builder()
				.id(Integer.toString(place))
				.receiptHandle(handles.get(place))
				.visibilityTimeout(0)
				.build())
			.toList();
		return this.queue.call("ChangeMessageVisibility", (client, url) -> client.changeMessageVisibilityBatch(
				ChangeMessageVisibilityBatchRequest.builder().queueUrl(url).entries(entries).build()));
	}

	private String staysHidden(String why) {
		return "Letters that stay in %s are hidden from others for up to %d s more: %s".formatted(this.queue,
				HIDDEN.toSeconds(), why);
	}

}
