package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.CompletionException;

import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * {@link Source} of the messages on an SQS queue.
 * <p>
 * It asks for messages while fewer are in flight than it has slots: the concurrency, and
 * a prefetch that follows how fast the receiver works. Messages are handed over on the
 * threads of the client. Several subscriptions may be started; each has slots of its own.
 *
 * @since 0.1.0
 */
public final class SqsSource implements Source {

	private static final Logger logger = LoggerFactory.getLogger(SqsSource.class);

	private final SqsMetrics metrics = new SqsMetrics();

	private final SqsAsyncClient client;

	private final SqsSourceOptions options;

	private final Timekeeper time;

	/**
	 * Makes a source by the clocks of the system, which is not started.
	 * @param client the client, which stays the caller's to close, after the
	 * subscriptions were stopped
	 * @param options the options for receiving and settling
	 * @throws IllegalArgumentException if the queue is in another region than the one
	 * that the client asks, which has no endpoint of its own
	 */
	public SqsSource(SqsAsyncClient client, SqsSourceOptions options) {
		this(client, options, Timekeeper.shared());
	}

	/**
	 * Makes a source that is not started.
	 * @param client the client, which stays the caller's to close, after the
	 * subscriptions were stopped
	 * @param options the options for receiving and settling
	 * @param time the time, which stays the caller's to close, after the subscriptions
	 * were stopped
	 * @throws IllegalArgumentException if the queue is in another region than the one
	 * that the client asks, which has no endpoint of its own
	 */
	public SqsSource(SqsAsyncClient client, SqsSourceOptions options, Timekeeper time) {
		QueueAddress.parse(options.queue()).checkFor(client);
		this.client = client;
		this.options = options;
		this.time = time;
	}

	/**
	 * Starts to hand over the messages of the queue. A queue that cannot be reached is
	 * tried again until it can.
	 * @param receiver the receiver of the messages
	 * @return the handle on what was started
	 * @throws QueueNotFoundException if the queue does not exist; it is never created
	 * @throws QueueAccessDeniedException if the queue may not be used
	 * @throws MissingCredentialsException if there are no credentials
	 */
	@Override
	public Subscription start(Receiver receiver) {
		return start(receiver, Integer.MAX_VALUE);
	}

	@Override
	public Subscription start(Receiver receiver, int limit) {
		QueueParts parts = new QueueParts(this.client, this.options, this.time, this.metrics);
		boolean found = find(parts);
		logger.info("{} queue {} with {} slots and at most {} prefetched",
				found ? "Receiving from" : "Not yet receiving from", this.options.queue(), this.options.concurrency(),
				this.options.maxPrefetch());
		ReceiveLoop loop = parts.loop(receiver);
		loop.start(limit);
		return new SqsSubscription(parts, loop);
	}

	/**
	 * The queue.
	 * @return its URL, ARN or name, as it was configured
	 */
	public String queue() {
		return this.options.queue();
	}

	/**
	 * The counts of all subscriptions of this source.
	 * @return the counts, which go on counting
	 */
	public SqsMetrics metrics() {
		return this.metrics;
	}

	private boolean find(QueueParts parts) {
		try {
			parts.queue().resolve().join();
			return true;
		}
		catch (CompletionException ex) {
			Throwable failure = QueueFailures.unwrap(ex);
			if (QueueFailures.isLasting(failure)) {
				parts.close(Duration.ZERO);
				throw (RuntimeException) failure;
			}
			logger.warn("Cannot reach queue {} yet, trying again: {}", this.options.queue(), LogText.of(failure));
			return false;
		}
	}

}
