package io.pubsub.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.pubsub.autoconfigure.internal.InvalidPropertyException;
import io.pubsub.aws.s3.MissingObject;
import io.pubsub.aws.sqs.SqsLimits;
import io.pubsub.daemon.Rate;
import io.pubsub.dispatch.Unhandled;
import io.pubsub.publish.ProducerMode;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Receiver;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration properties of pubsub. Endpoint, region and credentials of AWS are
 * configured with {@code spring.cloud.aws.*}.
 *
 * @param organization Organization in the media types that are made by convention, such
 * as application/vnd.ORGANIZATION.pubsub._.created.order.
 * @param lifecycleChanges Changes of a resource, in the media types that are made by
 * convention.
 * @param conventionSchemas Whether messages of an unknown media type that follows the
 * convention have a schema: a URI, or an id for deleted resources.
 * @param source Source to consume: the URL, ARN or name of an SQS queue, kinesis:NAME for
 * a Kinesis stream, folder:PATH for the files of a folder, sqlite:PATH or jdbc:QUEUE for
 * a queue in a database, file:PATH for the lines of a file, or stdin: for those of the
 * standard input.
 * @param envelope Envelope of messages: codec, raw, naive, s3-event, or the name of an
 * Envelope bean. Default is the only Envelope bean, or else codec.
 * @param consumer Consumption of messages.
 * @param ttl Number of services that a message may pass through.
 * @param producer Publication of messages.
 * @param deadLetter Dead letters: messages that can never be handled.
 * @param health Health of the consumer.
 * @param local SNS, SQS and S3 inside this process, for development.
 * @param commands The commands write, read, naive, replay, doctor, dead-letters, folder
 * and topology.
 * @param s3 Objects of S3, and what S3 tells of them.
 * @param pipelines Pipelines, by the name that each has in the code.
 * @since 0.1.0
 */
// @formatter:off, which breaks the lines of an array apart
@Validated
@ConfigurationProperties("pubsub")
public record PubSubProperties(@Nullable String organization,
		@DefaultValue({ "created", "changed", "deleted" }) Set<String> lifecycleChanges,
		@DefaultValue("true") boolean conventionSchemas, @Nullable String source,
		@Nullable String envelope, @DefaultValue @Valid Consumer consumer, @DefaultValue @Valid Ttl ttl,
		@DefaultValue @Valid Producer producer, @DefaultValue @Valid DeadLetter deadLetter,
		@DefaultValue @Valid Health health, @DefaultValue @Valid Local local, @DefaultValue Commands commands,
		@DefaultValue S3 s3,
		@DefaultValue Map<String, @Valid PipelineProperties> pipelines) {
	// @formatter:on

	/**
	 * How messages are consumed.
	 *
	 * @param enabled Whether this application consumes. One that only publishes says
	 * false.
	 * @param autoStartup Whether the daemon starts with the application. Otherwise its
	 * start() has to be called; a Lambda function never starts it.
	 * @param handlers Names of the beans whose handlers are bound; a * stands for
	 * anything. Default is all.
	 * @param concurrency Number of messages that are handled at once, at most 10000.
	 * @param maxRate Largest number of messages that are handled in a second, a minute or
	 * an hour, such as 200/s, 30/m or 1000/h. No more are fetched. Default is no limit.
	 * @param maxPrefetch Largest number of messages that are fetched ahead of the
	 * handlers, when these are fast and the heap has room for them, at most 100000.
	 * @param pollWait Time that a receive waits for messages, in whole seconds, at most
	 * 20s.
	 * @param visibilityTimeout Time for which a received message is hidden from other
	 * consumers, in whole seconds. Default is the setting of the queue at the start, or
	 * 30s if that is 0.
	 * @param heartbeat Whether received messages are kept hidden for as long as they are
	 * worked on, or wait for that.
	 * @param maxHandlingTime Time that a handler may take before it is interrupted and
	 * its message handed back, even if it ignores the interrupt. Default is no limit.
	 * @param maxAttempts Number of deliveries after which a message is given up: it goes
	 * to the dead-letter destination, or is handed back without being handled. Default is
	 * to leave that to the redrive policy of the queue; a line of an input is given up
	 * after 5.
	 * @param unhandled Settlement of messages that have no handler. With nack, SQS counts
	 * each of their receives, so that messages for other consumers of the queue may
	 * become dead letters.
	 * @param drain Time that a stop waits for the handlers that are at work. Keep it
	 * below spring.lifecycle.timeout-per-shutdown-phase.
	 * @param backoff Delay before a failed message is delivered again.
	 * @param ack Acknowledgement of messages.
	 * @param republishBatches Whether batches that were relayed as one message are taken
	 * apart, and each of their messages is published to its own topic.
	 * @param trustedTopics ARNs of the SNS topics of which alone notifications are
	 * handled, if their signature is valid; a * at the end stands for any rest of a name.
	 * Not FIFO topics, whose notifications SNS does not sign. Default is to handle
	 * whatever is on the queue.
	 * @param circuitBreaker Circuit breakers, which spare a handler that keeps failing
	 * for a while.
	 */
	public record Consumer(@DefaultValue("true") boolean enabled, @DefaultValue("true") boolean autoStartup,
			@DefaultValue List<String> handlers,
			@DefaultValue("10") @Min(1) @Max(Receiver.MAX_CONCURRENCY) int concurrency, @Nullable Rate maxRate,
			@DefaultValue("160") @Min(0) @Max(SqsLimits.MAX_PREFETCH) int maxPrefetch,
			@DefaultValue("20s") Duration pollWait, @Nullable Duration visibilityTimeout,
			@DefaultValue("true") boolean heartbeat, @DurationMin(millis = 1) @Nullable Duration maxHandlingTime,
			@Min(1) @Nullable Integer maxAttempts, @DefaultValue("ack") Unhandled unhandled,
			@DefaultValue("25s") @DurationMin Duration drain, @DefaultValue @Valid Backoff backoff,
			@DefaultValue Ack ack, @DefaultValue("false") boolean republishBatches,
			@DefaultValue List<String> trustedTopics, @DefaultValue @Valid CircuitBreaker circuitBreaker) {

		public Consumer {
			SqsLimits.checkPollWait(pollWait);
			SqsLimits.checkVisibilityTimeout(visibilityTimeout);
			SqsLimits.checkLinger(ack.linger(), visibilityTimeout);
		}

	}

	/**
	 * Circuit breakers, which spare a handler that keeps failing for a while. A
	 * CircuitBreakerRegistry of the application decides instead.
	 *
	 * @param enabled Whether there is a circuit breaker for each handler. Needs
	 * resilience4j-circuitbreaker on the class path.
	 * @param failureRateThreshold Percentage of the last messages whose failure opens the
	 * circuit.
	 * @param minimumCalls Number of messages before which it stays closed.
	 * @param window Number of last messages that count.
	 * @param openFor Time that it stays open.
	 * @param probes Number of messages that are tried then, before it is closed or opened
	 * again.
	 */
	public record CircuitBreaker(@DefaultValue("false") boolean enabled,
			@DefaultValue("50") @Min(1) @Max(100) int failureRateThreshold,
			@DefaultValue("10") @Min(1) int minimumCalls, @DefaultValue("20") @Min(1) int window,
			@DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(hours = 12) Duration openFor,
			@DefaultValue("1") @Min(1) int probes) {

	}

	/**
	 * Delay before a failed message is delivered again.
	 *
	 * @param policy Growth of the delay with the number of failures.
	 * @param base Delay with the fixed policy; limit of the first random delay with the
	 * exponential one.
	 * @param max Longest delay with the exponential policy.
	 */
	public record Backoff(@DefaultValue("exponential") BackoffType policy,
			@DefaultValue("1s") @DurationMin @DurationMax(hours = 12) Duration base,
			@DefaultValue("15m") @DurationMax(hours = 12) Duration max) {

		/**
		 * Makes the policy.
		 * @return the policy
		 */
		public BackoffPolicy create() {
			return switch (this.policy) {
				case EXPONENTIAL -> BackoffPolicy.exponential(this.base, this.max);
				case FIXED -> BackoffPolicy.fixed(this.base);
			};
		}

	}

	/**
	 * How the delay grows with the number of failures.
	 */
	public enum BackoffType {

		/** A random delay below a limit that doubles with every failure. */
		EXPONENTIAL,

		/** Always the same delay. */
		FIXED

	}

	/**
	 * Acknowledgement of messages.
	 *
	 * @param linger Time that an acknowledgement waits for others, to be sent with them.
	 */
	public record Ack(@DefaultValue("50ms") Duration linger) {

	}

	/**
	 * Number of services that a message may pass through.
	 *
	 * @param enabled Whether messages without a time to live get one, and whether it is
	 * counted down.
	 * @param initial Time to live of a message that has none.
	 */
	public record Ttl(@DefaultValue("true") boolean enabled, @DefaultValue("32") @Min(1) int initial) {

	}

	/**
	 * Publication of messages.
	 *
	 * @param mode Whether messages are published, only logged, or discarded.
	 * @param topics Topics by media type.
	 * @param propagate Keys of the opaque data that go from a message that is being
	 * handled to those that its handler publishes; a * at the end stands for any rest.
	 * @param batching Form in which several messages travel.
	 * @param afterCommit Whether messages published in a Spring transaction wait for its
	 * commit.
	 * @param maxMessageSize Largest message, its attributes included, that the topics
	 * take; the MaximumMessageSize of a topic can be raised to 1MB.
	 * @param timeout How long a request to SNS, or to the queue of dead letters, may
	 * take, with all its attempts.
	 */
	// @formatter:off
	public record Producer(@DefaultValue("publish") ProducerMode mode, @DefaultValue Topics topics,
			@DefaultValue({ "x-request-*", "traceparent", "tracestate", "baggage" }) List<String> propagate,
			@DefaultValue("native") Batching batching, @DefaultValue("true") boolean afterCommit,
			@DefaultValue("256KB") DataSize maxMessageSize,
			@DefaultValue("15s") @DurationMin(millis = 1) @DurationMax(hours = 1) Duration timeout) {
		// @formatter:on

		public Producer {
			if (maxMessageSize.toBytes() < 1 || maxMessageSize.toBytes() > Integer.MAX_VALUE) {
				throw new InvalidPropertyException("pubsub.producer.max-message-size",
						"pubsub.producer.max-message-size must be at least 1B and below 2GB, not " + maxMessageSize);
			}
		}

		/**
		 * The largest message that the topics take.
		 * @return its size in bytes, its attributes included
		 */
		public int maxMessageBytes() {
			return (int) this.maxMessageSize.toBytes();
		}

	}

	/**
	 * How several messages travel.
	 */
	public enum Batching {

		/** As themselves, up to ten in a request. */
		NATIVE,

		/**
		 * Up to a hundred as one message, which a consumer with
		 * pubsub.consumer.republish-batches, or a microcosm-pubsub service, takes apart.
		 */
		RELAY

	}

	/**
	 * Topics by media type.
	 *
	 * @param defaultTopic ARN of the topic for all media types without one of their own;
	 * here as in all of these, it may be kinesis:NAME for a stream, folder:PATH for a
	 * folder, and sqlite:PATH or jdbc:QUEUE for a queue in a database.
	 * @param mappings ARNs of topics by media type, or by a pattern that ends in .* for
	 * one last segment.
	 * @param created ARNs of topics for created resources, by resource.
	 * @param changed ARNs of topics for changed resources, by resource.
	 * @param deleted ARNs of topics for deleted resources, by resource.
	 */
	public record Topics(@Name("default") @Nullable String defaultTopic, @DefaultValue Map<String, String> mappings,
			@DefaultValue Map<String, String> created, @DefaultValue Map<String, String> changed,
			@DefaultValue Map<String, String> deleted) {

		/**
		 * All topics.
		 * @return the addresses, each by the rest of the name of its property
		 */
		public Map<String, String> addresses() {
			Map<String, String> addresses = new LinkedHashMap<>();
			if (this.defaultTopic != null) {
				addresses.put("default", this.defaultTopic);
			}
			add(addresses, "mappings", this.mappings);
			add(addresses, "created", this.created);
			add(addresses, "changed", this.changed);
			add(addresses, "deleted", this.deleted);
			return addresses;
		}

		private static void add(Map<String, String> addresses, String entry, Map<String, String> topics) {
			topics.forEach((key, topic) -> addresses.put("%s[%s]".formatted(entry, key), topic));
		}

	}

	/**
	 * Where messages go that can never be handled.
	 *
	 * @param destination URL, ARN or name of an SQS queue, or ARN of an SNS topic, that
	 * does not lead back to the source. Default is to hand such messages back and leave
	 * them to the redrive policy of the queue.
	 * @param maxInvalidRatio Part of the last 100 messages that may become dead letters,
	 * from 0 to 1. With more, the consumer halts. Default is no limit.
	 * @param maxConsecutive Number of messages that may become dead letters in a row.
	 * With more, the consumer halts. Default is no limit.
	 */
	public record DeadLetter(@Nullable String destination,
			@DecimalMin("0") @DecimalMax("1") @Nullable Double maxInvalidRatio,
			@Min(0) @Nullable Integer maxConsecutive) {

	}

	/**
	 * Health of the consumer.
	 *
	 * @param stuckAfter Time that messages may be in flight without any being begun or
	 * settled, before the consumer counts as stuck and the process as not live. Keep it
	 * above the longest handling time.
	 */
	public record Health(@DefaultValue("30m") @DurationMin(seconds = 1) Duration stuckAfter) {

	}

	/**
	 * The commands write, read, naive, replay, doctor, dead-letters, folder and topology.
	 *
	 * @param enabled Whether a first argument that is the name of a command runs it.
	 * Needs picocli on the class path.
	 */
	public record Commands(@DefaultValue("true") boolean enabled) {

	}

	/**
	 * Objects of S3, and what S3 tells of them.
	 *
	 * @param missing End of a message whose object is not there: it is delivered again,
	 * skipped, or becomes a dead letter.
	 * @param events Events that the envelope s3-event lets through, such as
	 * ObjectCreated:* or, from EventBridge, Object Created; a * at the end stands for any
	 * rest. A message that has none of them is skipped. Default is all.
	 * @param largeMessages Messages that are too large for their topic or queue.
	 */
	public record S3(@DefaultValue("retry") MissingObject missing, @DefaultValue List<String> events,
			@DefaultValue LargeMessages largeMessages) {

	}

	/**
	 * Messages that are too large for their topic or queue.
	 *
	 * @param bucket Bucket that takes the content of messages that are larger than their
	 * topic or queue takes; a reference is published. Default is not to publish them.
	 * @param readFrom Buckets from which such contents are read, beside that one.
	 * @param maxSize Largest content that is read.
	 * @param removeWithMessage Whether the content of a message that was sent to a queue,
	 * and not to a topic, is removed when the message was acknowledged.
	 */
	public record LargeMessages(@Nullable String bucket, @DefaultValue List<String> readFrom,
			@DefaultValue("10MB") DataSize maxSize, @DefaultValue("false") boolean removeWithMessage) {

		public LargeMessages {
			if (maxSize.toBytes() < 1 || maxSize.toBytes() > Integer.MAX_VALUE) {
				throw new InvalidPropertyException("pubsub.s3.large-messages.max-size",
						"pubsub.s3.large-messages.max-size must be at least 1B and below 2GB, not " + maxSize);
			}
		}

		/**
		 * All buckets from which contents are read.
		 * @return their names
		 */
		public List<String> buckets() {
			return Stream.concat(Stream.ofNullable(this.bucket), this.readFrom.stream()).distinct().toList();
		}

	}

	/**
	 * SNS, SQS and S3 inside this process, for development.
	 *
	 * @param enabled Whether they are started. Needs pubsub-local on the class path.
	 * @param sqsPort Port of SQS on the loopback interface; 0 takes a free one.
	 * @param snsPort Port of SNS on the loopback interface; 0 takes a free one.
	 * @param s3Port Port of S3 on the loopback interface; 0 takes a free one.
	 * @param buckets Buckets that there are, by name.
	 */
	public record Local(@DefaultValue("false") boolean enabled, @DefaultValue("0") @Min(0) @Max(65535) int sqsPort,
			@DefaultValue("0") @Min(0) @Max(65535) int snsPort, @DefaultValue("0") @Min(0) @Max(65535) int s3Port,
			@DefaultValue Map<String, Bucket> buckets) {

	}

	/**
	 * A bucket of the embedded broker, which tells of its objects.
	 *
	 * @param queue Name of the queue that is told. Default is the queue of pubsub.source,
	 * unless there is a topic.
	 * @param topic Name of the topic that is told.
	 * @param events Events that are told, as S3 names them.
	 * @param prefix Beginning of the keys whose objects are told of. Default is any.
	 * @param suffix End of the keys whose objects are told of. Default is any.
	 */
	public record Bucket(@Nullable String queue, @Nullable String topic,
			@DefaultValue("s3:ObjectCreated:*") List<String> events, @Nullable String prefix, @Nullable String suffix) {

	}

}
