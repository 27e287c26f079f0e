package io.pubsub.benchmarks.consume;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * The loop of somebody who wants nothing but throughput: 16 outstanding receives, a pool
 * of handlers, deletes in batches. It has no retries, no heartbeat, no metrics, and does
 * not stop.
 */
final class RawLoop {

	private static final Logger logger = LoggerFactory.getLogger(RawLoop.class);

	private static final int RECEIVES = 16;

	private static final int BATCH = 10;

	private static final int WAIT_SECONDS = 20;

	private final SqsAsyncClient client;

	private final int concurrency;

	private final Consumer<String> handler;

	private final ReceiveMessageRequest request;

	private final ExecutorService handlers;

	private final RawDeletes deletes;

	@GuardedBy("this")
	private int receives;

	@GuardedBy("this")
	private int inFlight;

	/**
	 * Make a loop.
	 * @param client the client to use
	 * @param queueUrl the queue to consume
	 * @param concurrency the number of messages that are handled at once
	 * @param handler the consumer of the body of each message, safe for use by many
	 * threads
	 */
	RawLoop(SqsAsyncClient client, String queueUrl, int concurrency, Consumer<String> handler) {
		this.client = client;
		this.concurrency = concurrency;
		this.handler = handler;
		this.request = ReceiveMessageRequest.builder()
			.queueUrl(queueUrl)
			.maxNumberOfMessages(BATCH)
			.waitTimeSeconds(WAIT_SECONDS)
			.build();
		this.handlers = Executors.newFixedThreadPool(concurrency);
		this.deletes = new RawDeletes(client, queueUrl);
	}

	void start() {
		while (mayReceive()) {
			CompletableFuture<?> unused = this.client.receiveMessage(this.request).whenComplete(this::received);
		}
	}

	private synchronized boolean mayReceive() {
		boolean free = this.receives < RECEIVES && this.inFlight < this.concurrency + RECEIVES * BATCH;
		if (free) {
			this.receives++;
			this.inFlight += BATCH;
		}
		return free;
	}

	private void received(@Nullable ReceiveMessageResponse response, @Nullable Throwable failure) {
		if (failure != null) {
			logger.error("A receive failed", failure);
		}
		List<Message> messages = (response != null) ? response.messages() : List.of();
		synchronized (this) {
			this.receives--;
			this.inFlight -= BATCH - messages.size();
		}
		messages.forEach((message) -> this.handlers.execute(() -> handle(message)));
		start();
	}

	private void handle(Message message) {
		this.handler.accept(message.body());
		this.deletes.add(message.receiptHandle());
		synchronized (this) {
			this.inFlight--;
		}
		start();
	}

}
