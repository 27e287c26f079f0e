package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * Sends receives, to a queue that it finds first if need be. Each says for how long it
 * hides what it brings: somebody may change the setting of the queue at any time, or have
 * set it to nothing.
 */
final class Receives {

	private static final Logger logger = LoggerFactory.getLogger(Receives.class);

	// Below, the loss of one request is enough for a message to be handled twice.
	private static final int SHORT_VISIBILITY_SECONDS = 5;

	// On top of the wait, for the way there and back.
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final SqsAsyncClient client;

	private final QueueResolver queue;

	private final @Nullable Visibility configured;

	private final Timekeeper time;

	private final Stalls stalls;

	private final SqsMetrics metrics;

	private final boolean ourTimeout;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Makes the receives of a queue.
	 * @param client the client
	 * @param queue the queue
	 * @param configured the visibility that was configured; {@code null} leaves it to the
	 * queue
	 * @param time the time
	 * @param metrics the counts to go on with
	 */
	Receives(SqsAsyncClient client, QueueResolver queue, @Nullable Visibility configured, Timekeeper time,
			SqsMetrics metrics) {
		this.client = client;
		this.queue = queue;
		this.configured = configured;
		this.time = time;
		this.stalls = Stalls.watch(time);
		this.metrics = metrics;
		this.ourTimeout = RequestTimeout.canBeOurs(client);
	}

	/**
	 * Sends a receive.
	 * @param limit the number of messages that it may bring
	 * @param wait the time that it waits at an empty queue
	 * @return the answer; never throws instead
	 */
	CompletableFuture<Received> send(int limit, Duration wait) {
		try {
			return this.queue.resolve().thenCompose((found) -> send(found, limit, wait));
		}
		// Whatever it is, the loop must go on.
		catch (Throwable ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private CompletableFuture<Received> send(ResolvedQueue found, int limit, Duration wait) {
		Visibility visibility = (this.configured != null) ? this.configured : visibilityOf(found);
		RequestTimeout timeout = timeout(wait);
		long sentAt = this.time.nanos();
		this.metrics.receiveSent();
		return timeout.on(this.client.receiveMessage(request(found, limit, wait, visibility, timeout)))
			.thenApply((response) -> new Received(response.messages(), this.stalls.arrival(sentAt), visibility));
	}

	private Visibility visibilityOf(ResolvedQueue found) {
		Visibility own = found.visibility();
		Visibility used = (own.seconds() > 0) ? own : Visibility.DEFAULT;
		if (own.seconds() < SHORT_VISIBILITY_SECONDS && this.warned.compareAndSet(false, true)) {
			logger.warn(
					"Queue {} hides what was received for {} s only, which is too short to work on it: here it is hidden"
							+ " for {} s, and for longer while it is worked on. Set the VisibilityTimeout of the queue,"
							+ " or that of its consumer, to 30 s or more",
					this.queue.address(), own.seconds(), used.seconds());
		}
		return used;
	}

	private ReceiveMessageRequest request(ResolvedQueue found, int limit, Duration wait, Visibility visibility,
			RequestTimeout timeout) {
		return ReceiveMessageRequest.builder()
			.queueUrl(found.url())
			// A retry then gets what a lost answer brought, instead of a blocked group.
			.receiveRequestAttemptId(this.queue.address().isFifo() ? UUID.randomUUID().toString() : null)
			.maxNumberOfMessages(limit)
			.waitTimeSeconds((int) wait.toSeconds())
			.visibilityTimeout(visibility.seconds())
			.messageAttributeNames("All")
			.messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
					MessageSystemAttributeName.SENT_TIMESTAMP, MessageSystemAttributeName.MESSAGE_GROUP_ID)
			.overrideConfiguration(timeout.onRequest())
			.build();
	}

	// An attempt cut off in its long poll would lose what the answer brings; with a FIFO
	// queue, the SDK's next attempt gets it.
	private RequestTimeout timeout(Duration wait) {
		Duration attempt = wait.plus(PATIENCE);
		return (this.ourTimeout && !this.queue.address().isFifo()) ? RequestTimeout.ofOurs(attempt, this.time)
				: RequestTimeout.ofSdk(attempt, PATIENCE);
	}

}
