package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.pubsub.aws.batch.BatchSender;
import io.pubsub.aws.batch.CallTimer;
import io.pubsub.aws.batch.EntryRules;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.AddressRules;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * {@link Destination} whose addresses are URLs, ARNs or names of SQS queues, such as one
 * for dead letters.
 * <p>
 * It needs the IAM action {@code sqs:SendMessage}, and {@code sqs:GetQueueUrl} for queues
 * that are not addressed by their URL. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class SqsDestination implements Destination {

	/**
	 * The size of the largest message that a queue takes unless it is set to take less,
	 * in bytes.
	 */
	public static final int MAXIMUM_MESSAGE_SIZE = 1_048_576;

	// As many as the client has connections by default. The receive loop uses them too.
	private static final int CALLS_IN_FLIGHT = 50;

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

	// How long the look-up of a queue may take; the call has a limit of its own.
	private static final Duration LOOK_UP = Duration.ofSeconds(15);

	private final SqsAsyncClient client;

	private final BatchSender sender;

	/**
	 * Makes a destination whose requests may take 15 s.
	 * @param client the client of SQS
	 */
	public SqsDestination(SqsAsyncClient client) {
		this(client, DEFAULT_TIMEOUT);
	}

	/**
	 * Makes a destination.
	 * @param client the client of SQS
	 * @param timeout the time that a request may take, with all its attempts; after that
	 * nobody knows whether its messages were sent
	 */
	public SqsDestination(SqsAsyncClient client, Duration timeout) {
		this(client, timeout, Timekeeper.shared());
	}

	/**
	 * Makes a destination that goes by a certain time.
	 * @param client the client of SQS
	 * @param timeout the time that a request may take, with all its attempts; after that
	 * nobody knows whether its messages were sent
	 * @param time the timekeeper, for the caller to close when nothing is sent any more
	 */
	public SqsDestination(SqsAsyncClient client, Duration timeout, Timekeeper time) {
		this(client, MAXIMUM_MESSAGE_SIZE, timeout, time);
	}

	/**
	 * Makes a destination for queues that are set to take less, by a certain time.
	 * @param client the client of SQS
	 * @param maximumMessageSize the {@code MaximumMessageSize} of the queues, in bytes
	 * @param timeout the time that a request may take, with all its attempts; after that
	 * nobody knows whether its messages were sent
	 * @param time the timekeeper, for the caller to close when nothing is sent any more
	 */
	public SqsDestination(SqsAsyncClient client, int maximumMessageSize, Duration timeout, Timekeeper time) {
		this.client = client;
		CallTimer timer = new CallTimer(time, timeout);
		this.sender = new BatchSender(new QueueCall(client, timer, timeout), timer,
				EntryRules.ofQueues((queueUrl) -> maximumMessageSize), CALLS_IN_FLIGHT);
	}

	/**
	 * Finds out early whether an address can be right. A name or an ARN is looked up, a
	 * URL is only read; a queue that cannot be looked up for now is not a fault.
	 * @param address the URL, ARN or name of a queue
	 * @throws IllegalArgumentException if it is none of these, or in another region than
	 * the one that the client asks, which has no endpoint of its own
	 * @throws QueueNotFoundException if the queue does not exist
	 * @throws QueueAccessDeniedException if the queue may not be looked up
	 * @throws MissingCredentialsException if there are no credentials
	 */
	public void check(String address) {
		CompletableFuture<String> url = new QueueResolver(this.client, QueueAddress.parse(address)).url();
		QueueParts.await(LOOK_UP, url);
		if (url.isCompletedExceptionally()) {
			Throwable failure = url.handle((found, thrown) -> QueueFailures.unwrap(thrown)).join();
			if (QueueFailures.isLasting(failure)) {
				throw (RuntimeException) failure;
			}
		}
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		return this.sender.publish(messages);
	}

	@Override
	public AddressRules rules() {
		return this.sender.rules();
	}

}
