package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Receives from an SQS queue for those who have a loop of their own.
 * <p>
 * Safe for use by many threads. Settlements are carried out in the background, in
 * batches; {@link #close()} carries out those that are pending.
 *
 * @since 0.1.0
 */
public final class SqsConsumer implements AutoCloseable {

	private static final Duration LONGEST_FLUSH = Duration.ofSeconds(5);

	private final SqsMetrics metrics = new SqsMetrics();

	private final QueueParts parts;

	private final Timekeeper time;

	private final QueueAddress queue;

	private final int limit;

	private final Duration wait;

	private final Receives receives;

	private final SqsAcknowledger acknowledger;

	private SqsConsumer(Builder builder) {
		this.parts = new QueueParts(builder.client, builder.options.build(), builder.timekeeper, this.metrics);
		this.time = this.parts.time();
		this.queue = this.parts.queue().address();
		this.limit = builder.limit;
		this.wait = builder.wait;
		this.receives = this.parts.receives();
		this.acknowledger = this.parts.acknowledger();
	}

	/**
	 * Begins to build a consumer that receives up to 10 messages, waits up to 20 s for
	 * them, and settles by the defaults of {@link SqsSourceOptions.Builder}.
	 * @param client the client, which stays the caller's to close, after the consumer
	 * @param queue the URL, ARN or name of the queue
	 * @return the builder
	 */
	public static Builder builder(SqsAsyncClient client, String queue) {
		return new Builder(client, SqsSourceOptions.builder(queue));
	}

	/**
	 * Receives once.
	 * @return the messages, each to be settled by the caller; empty if none came in time,
	 * or if the thread is interrupted, which it then still is
	 * @throws QueueNotFoundException if the queue does not exist
	 * @throws QueueAccessDeniedException if the queue may not be used
	 * @throws software.amazon.awssdk.core.exception.SdkException if the receive failed
	 */
	public List<Delivery> consume() {
		CompletableFuture<Received> receive = this.receives.send(this.limit, this.wait);
		try {
			return read(receive.get()).stream().map(this::delivery).toList();
		}
		catch (InterruptedException ex) {
			// Nobody waits for what it brings any more.
			CompletableFuture<?> unused = receive.thenAccept(this::handBack);
			Thread.currentThread().interrupt();
			return List.of();
		}
		catch (ExecutionException ex) {
			throw failure(ex);
		}
	}

	/**
	 * What this consumer has counted.
	 * @return the counts, which go on counting
	 */
	public SqsMetrics metrics() {
		return this.metrics;
	}

	/**
	 * Carries out what was settled, and waits up to 5 s for it. What is unsettled is left
	 * to the queue, which delivers it again.
	 */
	@Override
	public void close() {
		this.parts.close(LONGEST_FLUSH);
	}

	private List<ReceivedMessage> read(Received received) {
		this.metrics.messagesReceived(received.messages().size());
		return received.messages()
			.stream()
			.map((message) -> ReceivedMessage.read(message, received.at(), received.visibility()))
			.filter((message) -> !this.acknowledger.deleteIfDone(message.receipt()))
			.toList();
	}

	private void handBack(Received received) {
		read(received).forEach((message) -> this.acknowledger.handBack(message.receipt()));
	}

	private Delivery delivery(ReceivedMessage message) {
		return new TrackedDelivery(message.content(), message.attempt(), new TrackedDelivery.Settler() {

			@Override
			public void checkHold(TrackedDelivery delivery) {
				SqsConsumer.this.checkHold(message.receipt(), delivery);
			}

			@Override
			public void ack(TrackedDelivery delivery) {
				SqsConsumer.this.acknowledger.ack(message.receipt(), delivery);
			}

			@Override
			public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
				SqsConsumer.this.acknowledger.nack(message.receipt(), delivery, delay);
			}

		});
	}

	// What was begun in time is acknowledged late, if need be: nobody extends it.
	private void checkHold(Receipt receipt, TrackedDelivery delivery) {
		if (receipt.isOver(this.time.nanos()) && delivery.takeBack()) {
			delivery.complete(Settlement.LOST);
			this.acknowledger.notKept(receipt);
		}
	}

	private RuntimeException failure(ExecutionException ex) {
		Throwable cause = QueueFailures.translate(this.queue.toString(), "ReceiveMessage",
				Objects.requireNonNullElse(ex.getCause(), ex));
		return (cause instanceof RuntimeException failure) ? failure : new CompletionException(cause);
	}

	/**
	 * Builds a {@link SqsConsumer}.
	 */
	public static final class Builder {

		private final SqsAsyncClient client;

		private final SqsSourceOptions.Builder options;

		private int limit = SqsLimits.BATCH;

		private Duration wait = SqsLimits.LONGEST_WAIT;

		private Timekeeper timekeeper = Timekeeper.shared();

		private Builder(SqsAsyncClient client, SqsSourceOptions.Builder options) {
			this.client = client;
			this.options = options;
		}

		/**
		 * Sets how many messages a receive may bring.
		 * @param limit the number, from 1 to 10
		 * @return this
		 */
		public Builder limit(int limit) {
			SqsLimits.check(limit >= 1 && limit <= SqsLimits.BATCH, "limit must be from 1 to 10, not " + limit);
			this.limit = limit;
			return this;
		}

		/**
		 * Sets how long a receive waits at an empty queue.
		 * @param wait whole seconds from 0 s to 20 s
		 * @return this
		 */
		public Builder waitTime(Duration wait) {
			if (!wait.isZero()) {
				SqsLimits.checkSeconds("waitTime", wait, SqsLimits.LONGEST_WAIT);
			}
			this.wait = wait;
			return this;
		}

		/**
		 * Sets how long a received message is ours.
		 * @param visibilityTimeout whole seconds from 1 s to 12 h; {@code null} leaves it
		 * to the queue
		 * @return this
		 */
		public Builder visibilityTimeout(@Nullable Duration visibilityTimeout) {
			this.options.visibilityTimeout(visibilityTimeout);
			return this;
		}

		/**
		 * Sets when a message comes back that was handed back without a delay.
		 * @param backoff the policy
		 * @return this
		 */
		public Builder backoff(BackoffPolicy backoff) {
			this.options.backoff(backoff);
			return this;
		}

		/**
		 * Sets how long a settlement may wait for others to share its request.
		 * @param ackLinger from 0 s to 5 s
		 * @return this
		 */
		public Builder ackLinger(Duration ackLinger) {
			this.options.ackLinger(ackLinger);
			return this;
		}

		/**
		 * Sets the time. The default is {@link Timekeeper#shared()}.
		 * @param timekeeper the timekeeper, which stays the caller's to close, after the
		 * consumer
		 * @return this
		 */
		public Builder timekeeper(Timekeeper timekeeper) {
			this.timekeeper = timekeeper;
			return this;
		}

		/**
		 * Builds the consumer; the queue is looked for when it first receives.
		 * @return the consumer
		 * @throws IllegalArgumentException if an option is out of its range, or the queue
		 * is in another region than the one that the client asks, which has no endpoint
		 * of its own
		 */
		public SqsConsumer build() {
			return new SqsConsumer(this);
		}

	}

}
