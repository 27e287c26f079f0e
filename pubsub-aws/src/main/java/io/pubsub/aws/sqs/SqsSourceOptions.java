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
		SqsLimits.checkPollWait(pollWait);
		SqsLimits.checkVisibilityTimeout(visibilityTimeout);
		Objects.requireNonNull(backoff, "backoff must not be null");
		SqsLimits.checkLinger(ackLinger, visibilityTimeout);
	}

	/**
	 * The options of a queue without any of its own.
	 * @param queue the URL, ARN or name of the queue
	 * @return the defaults of the {@link Builder}
	 * @throws IllegalArgumentException if the queue is none
	 */
	public static SqsSourceOptions forQueue(String queue) {
		return builder(queue).build();
	}

	/**
	 * Begins to build options.
	 * @param queue the URL, ARN or name of the queue
	 * @return the builder, with the defaults
	 */
	public static Builder builder(String queue) {
		return new Builder(queue);
	}

	/**
	 * Begins to build other options.
	 * @return the builder, with these options
	 */
	public Builder toBuilder() {
		return new Builder(this.queue).concurrency(this.concurrency)
			.maxPrefetch(this.maxPrefetch)
			.pollWait(this.pollWait)
			.visibilityTimeout(this.visibilityTimeout)
			.heartbeat(this.heartbeat)
			.backoff(this.backoff)
			.ackLinger(this.ackLinger);
	}

	/**
	 * Builds {@link SqsSourceOptions}.
	 */
	public static final class Builder {

		private final String queue;

		private int concurrency = 10;

		private int maxPrefetch = 160;

		private Duration pollWait = SqsLimits.LONGEST_WAIT;

		private @Nullable Duration visibilityTimeout;

		private boolean heartbeat = true;

		private BackoffPolicy backoff = BackoffPolicy.DEFAULT;

		private Duration ackLinger = SqsLimits.DEFAULT_LINGER;

		private Builder(String queue) {
			this.queue = queue;
		}

		/**
		 * Sets how many messages are worked on at the same time.
		 * @param concurrency the number, 1 to 10,000; 10 by default
		 * @return this
		 */
		public Builder concurrency(int concurrency) {
			this.concurrency = concurrency;
			return this;
		}

		/**
		 * Sets how many further messages may be held.
		 * @param maxPrefetch the number, 0 to 100,000; 160 by default
		 * @return this
		 */
		public Builder maxPrefetch(int maxPrefetch) {
			this.maxPrefetch = maxPrefetch;
			return this;
		}

		/**
		 * Sets how long a receive waits at an empty queue.
		 * @param pollWait whole seconds from 1 s to 20 s; 20 s by default
		 * @return this
		 */
		public Builder pollWait(Duration pollWait) {
			this.pollWait = pollWait;
			return this;
		}

		/**
		 * Sets how long a received message is ours.
		 * @param visibilityTimeout whole seconds from 1 s to 12 h; {@code null}, the
		 * default, leaves it to the queue
		 * @return this
		 */
		public Builder visibilityTimeout(@Nullable Duration visibilityTimeout) {
			this.visibilityTimeout = visibilityTimeout;
			return this;
		}

		/**
		 * Sets whether the visibility of a message is extended for as long as it is in
		 * flight.
		 * @param heartbeat {@code true}, the default, if it is
		 * @return this
		 */
		public Builder heartbeat(boolean heartbeat) {
			this.heartbeat = heartbeat;
			return this;
		}

		/**
		 * Sets when a message comes back that was handed back without a delay.
		 * @param backoff the policy; by default exponential from 1 s to 15 min
		 * @return this
		 */
		public Builder backoff(BackoffPolicy backoff) {
			this.backoff = backoff;
			return this;
		}

		/**
		 * Sets how long a settlement may wait for others to share its request.
		 * @param ackLinger from 0 s to 5 s; 50 ms by default
		 * @return this
		 */
		public Builder ackLinger(Duration ackLinger) {
			this.ackLinger = ackLinger;
			return this;
		}

		/**
		 * Builds the options.
		 * @return the options
		 * @throws IllegalArgumentException if one of them is out of its range, or the
		 * linger is not shorter than the visibility timeout
		 */
		public SqsSourceOptions build() {
			return new SqsSourceOptions(this.queue, this.concurrency, this.maxPrefetch, this.pollWait,
					this.visibilityTimeout, this.heartbeat, this.backoff, this.ackLinger);
		}

	}

}
