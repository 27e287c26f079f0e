package io.pubsub.aws.deadletter;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.pubsub.aws.sqs.QueueClient;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Finds the queues that letters came from. For one thread.
 */
final class Origins {

	private final Map<String, QueueClient> queues = new HashMap<>();

	private final SqsAsyncClient client;

	private final QueueClient letters;

	private final UnaryOperator<String> addresses;

	private final @Nullable String all;

	/**
	 * Makes a finder.
	 * @param client the client of SQS
	 * @param letters the queue for dead letters
	 * @param addresses turns what a letter names into an address for the client
	 * @param all the queue for all of them, wherever they came from; {@code null} if each
	 * goes back
	 */
	Origins(SqsAsyncClient client, QueueClient letters, UnaryOperator<String> addresses, @Nullable String all) {
		this.client = client;
		this.letters = letters;
		this.addresses = addresses;
		this.all = all;
	}

	/**
	 * The queue for a letter.
	 * @param letter the letter
	 * @return the queue
	 * @throws IllegalArgumentException if it is not known, or is the queue for dead
	 * letters
	 */
	QueueClient of(Letter letter) {
		String source = (this.all != null) ? this.all : letter.source();
		if (source == null) {
			throw new IllegalArgumentException("nothing tells which queue it came from: name one to send it to");
		}
		return this.queues.computeIfAbsent(source, this::find);
	}

	private QueueClient find(String source) {
		QueueClient queue = open(source);
		if (queue.url().equals(this.letters.url())) {
			throw new IllegalArgumentException(
					"it would be sent to %s, which is the queue for dead letters itself: name another one"
						.formatted(source));
		}
		return queue;
	}

	private QueueClient open(String source) {
		try {
			return new QueueClient(this.client, this.addresses.apply(source));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"it came from %s, which is no queue of SQS that can be reached here: name one to send it to (%s)"
						.formatted(source, ex.getMessage()),
					ex);
		}
	}

}
