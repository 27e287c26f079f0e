package io.pubsub.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.pubsub.benchmarks.scenario.Scenario;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Puts messages on a queue.
 */
final class Feed {

	private static final int BATCH = 10;

	private static final int OUTSTANDING = 16;

	private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1) / Scenario.RATE;

	private final SqsAsyncClient client;

	private final IntFunction<String> messages;

	/**
	 * Make a feed.
	 * @param client the client to use
	 * @param messages the writer of the messages, by their numbers from 0
	 */
	Feed(SqsAsyncClient client, IntFunction<String> messages) {
		this.client = client;
		this.messages = messages;
	}

	/**
	 * Put messages on a queue as fast as it goes.
	 * @param queueUrl the queue
	 * @param messages the number of messages
	 */
	void fill(String queueUrl, int messages) {
		List<CompletableFuture<?>> sent = new ArrayList<>();
		for (int from = 0; from < messages; from += BATCH) {
			if (sent.size() == OUTSTANDING) {
				sent.forEach(CompletableFuture::join);
				sent.clear();
			}
			sent.add(sendBatch(queueUrl, from, Math.min(from + BATCH, messages)));
		}
		sent.forEach(CompletableFuture::join);
	}

	private CompletableFuture<?> sendBatch(String queueUrl, int from, int to) {
		List<SendMessageBatchRequestEntry> entries = IntStream.range(from, to)
			.mapToObj((sequence) -> SendMessageBatchRequestEntry.builder()
				.id(String.valueOf(sequence))
				.messageBody(this.messages.apply(sequence))
				.build())
			.toList();
		return this.client.sendMessageBatch((request) -> request.queueUrl(queueUrl).entries(entries));
	}

	/**
	 * Put messages on a queue one by one, each at its time.
	 * @param queueUrl the queue
	 * @param from the number of the first
	 * @param to the number after the last
	 * @throws InterruptedException if the thread is interrupted
	 */
	void pace(String queueUrl, int from, int to) throws InterruptedException {
		List<CompletableFuture<?>> sent = new ArrayList<>();
		long start = System.nanoTime();
		for (int sequence = from; sequence < to; sequence++) {
			TimeUnit.NANOSECONDS.sleep(start + (sequence - from) * INTERVAL - System.nanoTime());
			String body = this.messages.apply(sequence);
			sent.add(this.client.sendMessage((request) -> request.queueUrl(queueUrl).messageBody(body)));
		}
		sent.forEach(CompletableFuture::join);
	}

}
