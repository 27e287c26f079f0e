package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.Objects;

import io.pubsub.transport.BackoffPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The options by which an {@link SqsSource} receives and settles.
 *
 * @param queue the URL, ARN or name of the queue
 * @param concurrency the number of messages that are worked on at the same time, 1 to
 * 10,000
 * @param maxPrefetch the number of further messages that may be held so that the workers
 * never wait for the queue, 0 to 100,000; fewer are, unless the workers are that fast, or
 * if an eighth of the heap does not hold so many
 * @param pollWait the time that a receive waits at an empty queue, 1 s to 20 s
 * @param visibilityTimeout the time for which a received message is ours, 1 s to 12 h;
 * {@code null} leaves it to the queue
 * @param heartbeat whether the visibility of a message is extended for as long as it is
 * in flight
 * @param backoff the policy for the delay of a message that was handed back without one
 * @param ackLinger the time for which a settlement may wait for others to share its
 * request, 0 s to 5 s
 * @since 0.1.0
 */
public record SqsSourceOptions(String queue, int concurrency, int maxPrefetch, Duration pollWait,
		@Nullable Duration visibilityTimeout, boolean heartbeat, BackoffPolicy backoff, Duration ackLinger) {

	public SqsSourceOptions {
		QueueAddress.parse(queue);
		SqsLimits.checkConcurrency(concurrency);
		SqsLimits.checkPrefetch(maxPrefetch);
		SqsLimits.checkSeconds("pollWait", pollWait, SqsLimits.LONGEST_WAIT);
		if (visibilityTimeout != null) {
			SqsLimits.checkSeconds("visibilityTimeout", visibilityTimeout, SqsLimits.LONGEST_VISIBILITY);
		}
		Objects.requireNonNull(backoff, "backoff must not be null");
		SqsLimits.checkLinger(ackLinger, visibilityTimeout);
	}

	/**
	 * The defaults: concurrency 10, at most 160 prefetched, 20 s of wait, the queue's own
	 * visibility timeout with a heartbeat, an exponential back-off from 1 s to 15 min, 50
	 * ms of linger.
	 * @param queue the URL, ARN or name of the queue
	 * @return the options
	 */
	public static SqsSourceOptions forQueue(String queue) {
		return new SqsSourceOptions(queue, 10, 160, SqsLimits.LONGEST_WAIT, null, true, SqsLimits.DEFAULT_BACKOFF,
				SqsLimits.DEFAULT_LINGER);
	}

	/**
	 * The same with another concurrency.
	 * @param concurrency the number of messages that are worked on at the same time
	 * @return new options
	 */
	public SqsSourceOptions withConcurrency(int concurrency) {
		return new SqsSourceOptions(this.queue, concurrency, this.maxPrefetch, this.pollWait, this.visibilityTimeout,
				this.heartbeat, this.backoff, this.ackLinger);
	}

	/**
	 * The same with another limit of the prefetch.
	 * @param maxPrefetch the number of messages beyond the concurrency that may be held
	 * @return new options
	 */
	public SqsSourceOptions withMaxPrefetch(int maxPrefetch) {
		return new SqsSourceOptions(this.queue, this.concurrency, maxPrefetch, this.pollWait, this.visibilityTimeout,
				this.heartbeat, this.backoff, this.ackLinger);
	}

	/**
	 * The same with another wait.
	 * @param pollWait the time that a receive waits at an empty queue
	 * @return new options
	 */
	public SqsSourceOptions withPollWait(Duration pollWait) {
		return new SqsSourceOptions(this.queue, this.concurrency, this.maxPrefetch, pollWait, this.visibilityTimeout,
				this.heartbeat, this.backoff, this.ackLinger);
	}

	/**
	 * The same with another visibility timeout.
	 * @param visibilityTimeout the time for which a received message is ours;
	 * {@code null} leaves it to the queue
	 * @return new options
	 */
	public SqsSourceOptions withVisibilityTimeout(@Nullable Duration visibilityTimeout) {
		return new SqsSourceOptions(this.queue, this.concurrency, this.maxPrefetch, this.pollWait, visibilityTimeout,
				this.heartbeat, this.backoff, this.ackLinger);
	}

	/**
	 * The same with or without heartbeat.
	 * @param heartbeat whether the visibility of a message is extended for as long as it
	 * is in flight
	 * @return new options
	 */
	public SqsSourceOptions withHeartbeat(boolean heartbeat) {
		return new SqsSourceOptions(this.queue, this.concurrency, this.maxPrefetch, this.pollWait,
				this.visibilityTimeout, heartbeat, this.backoff, this.ackLinger);
	}

	/**
	 * The same with another back-off.
	 * @param backoff the policy for the delay of a message that was handed back without
	 * one
	 * @return new options
	 */
	public SqsSourceOptions withBackoff(BackoffPolicy backoff) {
		return new SqsSourceOptions(this.queue, this.concurrency, this.maxPrefetch, this.pollWait,
				this.visibilityTimeout, this.heartbeat, backoff, this.ackLinger);
	}

	/**
	 * The same with another linger.
	 * @param ackLinger the time for which a settlement may wait for others to share its
	 * request
	 * @return new options
	 */
	public SqsSourceOptions withAckLinger(Duration ackLinger) {
		return new SqsSourceOptions(this.queue, this.concurrency, this.maxPrefetch, this.pollWait,
				this.visibilityTimeout, this.heartbeat, this.backoff, ackLinger);
	}

}
