package io.pubsub.kinesis.consume;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

import io.pubsub.InvalidSettingException;
import io.pubsub.internal.DurationText;
import io.pubsub.kinesis.stream.StreamAddress;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Receiver;

/**
 * The options by which a {@link KinesisSource} receives.
 *
 * @param stream the stream
 * @param application the name of the application: all processes with this name share the
 * stream. It is the name of their lease table in DynamoDB, too
 * @param worker the name of this process, which no other of the application has
 * @param start where the application begins to read a stream that it has no checkpoints
 * of
 * @param fanOut whether the stream is read by enhanced fan-out, with a throughput of its
 * own, and not by polling
 * @param pollInterval the time between two polls that bring nothing, at least 200 ms
 * @param failover the time after which the leases of a process that has died are taken
 * over, at least 1 s
 * @param concurrency the number of records that are worked on at the same time
 * @param maxPrefetch the number of further records, of all shards, that may be handed
 * over and not settled
 * @param maxOpen the number of records of a shard, from the first that is not settled to
 * the latest, at which no more are received
 * @param maxAttempts the number of attempts at which the receiver gives a record up
 * @param backoff the policy for the delay of a record that was handed back without one
 * @param maxRetryTime the time after which a record that keeps being handed back has used
 * up its attempts
 * @since 0.1.0
 */
public record KinesisSourceOptions(StreamAddress stream, String application, String worker, StartingPosition start,
		boolean fanOut, Duration pollInterval, Duration failover, int concurrency, int maxPrefetch, int maxOpen,
		int maxAttempts, BackoffPolicy backoff, Duration maxRetryTime) {

	/**
	 * The number of attempts at a record, unless another one is set.
	 */
	public static final int DEFAULT_MAX_ATTEMPTS = 5;

	public KinesisSourceOptions {
		Objects.requireNonNull(stream, "stream must not be null");
		check(!application.isBlank(), "application", "an application that reads a stream needs a name");
		check(!worker.isBlank(), "worker", "a worker needs a name");
		Objects.requireNonNull(start, "start must not be null");
		checkTime("pollInterval", pollInterval, Duration.ofMillis(200));
		checkTime("failover", failover, Duration.ofSeconds(1));
		checkNumber("concurrency", concurrency, 1, Receiver.MAX_CONCURRENCY);
		checkNumber("maxPrefetch", maxPrefetch, 0, 100_000);
		checkNumber("maxOpen", maxOpen, 1, Integer.MAX_VALUE);
		checkNumber("maxAttempts", maxAttempts, 1, Integer.MAX_VALUE - 1);
		Objects.requireNonNull(backoff, "backoff must not be null");
		checkTime("maxRetryTime", maxRetryTime, Duration.ofMillis(1));
	}

	private static void checkNumber(String setting, int value, int lowest, int highest) {
		check(value >= lowest && value <= highest, setting,
				"%s must be from %d to %d, not %d".formatted(setting, lowest, highest, value));
	}

	private static void checkTime(String setting, Duration value, Duration shortest) {
		check(value.compareTo(shortest) >= 0 && value.compareTo(Duration.ofDays(365)) <= 0, setting,
				"%s must be from %s to 365d, not %s".formatted(setting, DurationText.of(shortest),
						DurationText.of(value)));
	}

	private static void check(boolean condition, String setting, String message) {
		if (!condition) {
			throw new InvalidSettingException(KinesisSourceOptions.class, setting, message);
		}
	}

	/**
	 * Begins to build options.
	 * @param address the address of the stream, {@code kinesis:} and its name or ARN
	 * @param application the name of the application
	 * @return the builder, with the defaults
	 * @throws IllegalArgumentException if the address is none
	 */
	public static Builder builder(String address, String application) {
		return new Builder(StreamAddress.parse(address), application);
	}

	/**
	 * Builds {@link KinesisSourceOptions}.
	 */
	public static final class Builder {

		private final StreamAddress stream;

		private final String application;

		private String worker = UUID.randomUUID().toString();

		private StartingPosition start = StartingPosition.OLDEST;

		private boolean fanOut;

		private Duration pollInterval = Duration.ofSeconds(1);

		private Duration failover = Duration.ofSeconds(10);

		private int concurrency = 10;

		private int maxPrefetch = 160;

		private int maxOpen = 3_000;

		private int maxAttempts = DEFAULT_MAX_ATTEMPTS;

		private BackoffPolicy backoff = BackoffPolicy.DEFAULT;

		private Duration maxRetryTime = Duration.ofMinutes(15);

		private Builder(StreamAddress stream, String application) {
			this.stream = stream;
			this.application = application;
		}

		/**
		 * Sets the name of this process.
		 * @param worker the name, which no other process of the application has; random
		 * by default
		 * @return this
		 */
		public Builder worker(String worker) {
			this.worker = worker;
			return this;
		}

		/**
		 * Sets where the application begins.
		 * @param start the position; the oldest record by default
		 * @return this
		 */
		public Builder start(StartingPosition start) {
			this.start = start;
			return this;
		}

		/**
		 * Sets whether the stream is read by enhanced fan-out.
		 * @param fanOut {@code true} if so; by default it is polled
		 * @return this
		 */
		public Builder fanOut(boolean fanOut) {
			this.fanOut = fanOut;
			return this;
		}

		/**
		 * Sets the time between two polls that bring nothing.
		 * @param pollInterval at least 200 ms; 1 s by default
		 * @return this
		 */
		public Builder pollInterval(Duration pollInterval) {
			this.pollInterval = pollInterval;
			return this;
		}

		/**
		 * Sets when the leases of a process that has died are taken over.
		 * @param failover at least 1 s; 10 s by default
		 * @return this
		 */
		public Builder failover(Duration failover) {
			this.failover = failover;
			return this;
		}

		/**
		 * Sets how many records are worked on at the same time.
		 * @param concurrency the number; 10 by default
		 * @return this
		 */
		public Builder concurrency(int concurrency) {
			this.concurrency = concurrency;
			return this;
		}

		/**
		 * Sets how many further records may be handed over and not settled.
		 * @param maxPrefetch the number, of all shards; 160 by default
		 * @return this
		 */
		public Builder maxPrefetch(int maxPrefetch) {
			this.maxPrefetch = maxPrefetch;
			return this;
		}

		/**
		 * Sets how far a shard is read beyond its first record that is not settled.
		 * @param maxOpen the number of records; 3,000 by default
		 * @return this
		 */
		public Builder maxOpen(int maxOpen) {
			this.maxOpen = maxOpen;
			return this;
		}

		/**
		 * Sets the number of attempts at which the receiver gives a record up.
		 * @param maxAttempts the number, the same that the receiver has; 5 by default
		 * @return this
		 */
		public Builder maxAttempts(int maxAttempts) {
			this.maxAttempts = maxAttempts;
			return this;
		}

		/**
		 * Sets when a record is tried again that was handed back without a delay.
		 * @param backoff the policy; by default exponential from 1 s to 15 min
		 * @return this
		 */
		public Builder backoff(BackoffPolicy backoff) {
			this.backoff = backoff;
			return this;
		}

		/**
		 * Sets after which time a record has used up its attempts.
		 * @param maxRetryTime the time since it was handed back for the first time; 15
		 * min by default
		 * @return this
		 */
		public Builder maxRetryTime(Duration maxRetryTime) {
			this.maxRetryTime = maxRetryTime;
			return this;
		}

		/**
		 * Builds the options.
		 * @return the options
		 * @throws InvalidSettingException if one of them is out of its range
		 */
		public KinesisSourceOptions build() {
			return new KinesisSourceOptions(this.stream, this.application, this.worker, this.start, this.fanOut,
					this.pollInterval, this.failover, this.concurrency, this.maxPrefetch, this.maxOpen,
					this.maxAttempts, this.backoff, this.maxRetryTime);
		}

	}

}
