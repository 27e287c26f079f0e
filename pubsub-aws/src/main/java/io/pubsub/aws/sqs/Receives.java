package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * Sends receives, to a queue that it finds first if need be.
 */
final class Receives {

	// On top of the wait, for the way there and back.
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final SqsAsyncClient client;

	private final QueueResolver queue;

	private final @Nullable Duration visibilityTimeout;

	private final SqsMetrics metrics;

	private final boolean ourTimeout;

	Receives(SqsAsyncClient client, QueueResolver queue, @Nullable Duration visibilityTimeout, SqsMetrics metrics) {
		this.client = client;
		this.queue = queue;
		this.visibilityTimeout = visibilityTimeout;
		this.metrics = metrics;
		this.ourTimeout = CallTimeout.canBeOurs(client);
	}

	/**
	 * Sends a receive.
	 * @param limit how many messages it may bring
	 * @param wait how long it waits at an empty queue
	 * @return the answer; never throws instead
	 */
	CompletableFuture<ReceiveMessageResponse> send(int limit, Duration wait) {
		try {
			return this.queue.resolve().thenCompose((found) -> {
				this.metrics.receiveSent();
				CallTimeout timeout = timeout(found, wait);
				return timeout.on(this.client.receiveMessage(request(found, limit, wait, timeout)));
			});
		}
		// Whatever it is, the loop must go on.
		catch (Throwable ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * How long the received messages are ours.
	 * @return the timeout that was configured, or else that of the queue
	 */
	Duration visibilityTimeout() {
		Duration configured = this.visibilityTimeout;
		return (configured != null) ? configured : this.queue.resolved().visibilityTimeout();
	}

	private ReceiveMessageRequest request(ResolvedQueue found, int limit, Duration wait, CallTimeout timeout) {
		Duration visibility = this.visibilityTimeout;
		return ReceiveMessageRequest.builder()
			.queueUrl(found.url())
			// A retry then gets what a lost answer brought, instead of a blocked group.
			.receiveRequestAttemptId(found.isFifo() ? UUID.randomUUID().toString() : null)
			.maxNumberOfMessages(limit)
			.waitTimeSeconds((int) wait.toSeconds())
			.visibilityTimeout((visibility != null) ? (int) visibility.toSeconds() : null)
			.messageAttributeNames("All")
			.messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
					MessageSystemAttributeName.SENT_TIMESTAMP, MessageSystemAttributeName.MESSAGE_GROUP_ID)
			.overrideConfiguration(timeout.onRequest())
			.build();
	}

	// An attempt cut off in its long poll would lose what the answer brings; with a FIFO
	// queue, the SDK's next attempt gets it.
	private CallTimeout timeout(ResolvedQueue found, Duration wait) {
		Duration attempt = wait.plus(PATIENCE);
		return (this.ourTimeout && !found.isFifo()) ? CallTimeout.ofOurs(attempt)
				: CallTimeout.ofSdk(attempt, PATIENCE);
	}

}
