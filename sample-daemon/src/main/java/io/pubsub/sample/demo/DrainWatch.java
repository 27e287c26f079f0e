package io.pubsub.sample.demo;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Knows when everything is done: all messages were delivered, and the queue has none
 * left, neither waiting nor in work nor coming again later.
 * <p>
 * The counts of a queue in AWS are approximate; those of the local broker are exact.
 */
final class DrainWatch {

	private static final Duration INTERVAL = Duration.ofMillis(100);

	private final SqsAsyncClient sqs;

	private final String queueUrl;

	private final OutcomeTally tally;

	DrainWatch(SqsAsyncClient sqs, String queueUrl, OutcomeTally tally) {
		this.sqs = sqs;
		this.queueUrl = queueUrl;
		this.tally = tally;
	}

	/**
	 * Waits until everything is done.
	 * @param messages the number of messages that were published
	 * @param patience the time to wait at most
	 * @return {@code false} if it was not done in that time
	 * @throws InterruptedException if the thread is interrupted
	 */
	boolean await(int messages, Duration patience) throws InterruptedException {
		long start = System.nanoTime();
		while (this.tally.messages() < messages || !isQueueEmpty()) {
			if (System.nanoTime() - start > patience.toNanos()) {
				return false;
			}
			TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
		}
		return true;
	}

	private boolean isQueueEmpty() {
		Map<QueueAttributeName, String> counts = this.sqs
			.getQueueAttributes((request) -> request.queueUrl(this.queueUrl)
				.attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
						QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
						QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
			.join()
			.attributes();
		return counts.values().stream().allMatch("0"::equals);
	}

}
