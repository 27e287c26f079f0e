package io.pubsub.autoconfigure.kinesis;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration properties for Kinesis streams, which are named in pubsub.source, in the
 * source of a pipeline, or as a topic, as kinesis:NAME or kinesis:ARN.
 *
 * @param application Name of this service, under which all of its instances share a
 * stream. The table of their leases is named after it and the stream. Default is
 * spring.application.name.
 * @param worker Name of this instance, which no other has. Default is a random one.
 * @param start Record to begin with where there is no checkpoint yet: oldest, latest, or
 * the first from a time on, such as 2026-11-28T10:00:00Z.
 * @param fanOut Whether streams are read by enhanced fan-out, with a throughput of its
 * own that is paid for.
 * @param pollInterval Time between two polls that bring nothing, unless streams are read
 * by enhanced fan-out.
 * @param failover Time after which the shards of an instance that has died are taken
 * over.
 * @param maxOpen Number of records of a shard, from the first that is not settled to the
 * latest, at which no more are received.
 * @param maxRetryTime Time after which a record that keeps failing becomes a dead letter,
 * however few its attempts were.
 * @param producer Publication to streams.
 * @since 0.1.0
 */
@Validated
@ConfigurationProperties("pubsub.kinesis")
public record PubSubKinesisProperties(@Nullable String application, @Nullable String worker,
		@DefaultValue("oldest") String start, @DefaultValue("false") boolean fanOut,
		@DefaultValue("1s") @DurationMin(millis = 200) Duration pollInterval,
		@DefaultValue("10s") @DurationMin(seconds = 1) Duration failover, @DefaultValue("3000") @Min(1) int maxOpen,
		@DefaultValue("15m") @DurationMin(millis = 1) @DurationMax(days = 365) Duration maxRetryTime,
		@DefaultValue @Valid Producer producer) {

	/**
	 * Publication to streams.
	 *
	 * @param ordered Whether a record is only sent when the one before it with the same
	 * partition key has arrived.
	 * @param maxRecordSize Largest record, its partition key included, that the streams
	 * take; the MaxRecordSizeInKiB of a stream can be raised to 10MB.
	 * @param linger Time for which a message waits for others, to be sent with them.
	 */
	public record Producer(@DefaultValue("false") boolean ordered, @DefaultValue("1MB") DataSize maxRecordSize,
			@DefaultValue("5ms") @DurationMin @DurationMax(seconds = 5) Duration linger) {

	}

}
