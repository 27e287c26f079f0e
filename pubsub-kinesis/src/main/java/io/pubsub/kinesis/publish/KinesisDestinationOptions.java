package io.pubsub.kinesis.publish;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

import io.pubsub.InvalidSettingException;
import io.pubsub.internal.DurationText;
import io.pubsub.transport.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * The options by which a {@link KinesisDestination} publishes.
 *
 * @param ordered whether a record is only sent when the one before it with the same
 * partition key has arrived
 * @param maxRecordSize the size of the largest record that the streams take, its
 * partition key included, in bytes
 * @param linger the time for which a message may wait for others to share its request
 * @param timeout the time that a request may take, and after which a record that Kinesis
 * keeps refusing for now is given up
 * @param partitionKey the partition key of a message; {@code null} as the result for a
 * random one
 * @since 0.1.0
 */
public record KinesisDestinationOptions(boolean ordered, int maxRecordSize, Duration linger, Duration timeout,
		Function<OutboundMessage, @Nullable String> partitionKey) {

	/**
	 * The size of the largest record that a stream takes unless it is set to take more,
	 * in bytes.
	 */
	public static final int DEFAULT_MAX_RECORD_SIZE = 1 << 20;

	/**
	 * The options of who sets none: not ordered, records of up to 1 MiB, 5 ms and 15 s,
	 * the group id as the partition key.
	 */
	public static final KinesisDestinationOptions DEFAULTS = new KinesisDestinationOptions(false,
			DEFAULT_MAX_RECORD_SIZE, Duration.ofMillis(5), Duration.ofSeconds(15));

	public KinesisDestinationOptions {
		check(maxRecordSize >= 1 && maxRecordSize <= StreamOutbox.MOST_BYTES, "maxRecordSize",
				"the largest record must have from 1 to %d bytes, not %d".formatted(StreamOutbox.MOST_BYTES,
						maxRecordSize));
		check(!linger.isNegative() && linger.compareTo(Duration.ofSeconds(5)) <= 0, "linger",
				"linger must be from 0s to 5s, not " + DurationText.of(linger));
		check(timeout.toMillis() > 0, "timeout", "timeout must be at least 1ms, not " + DurationText.of(timeout));
		Objects.requireNonNull(partitionKey, "partitionKey must not be null");
	}

	/**
	 * Makes options with the group id as the partition key.
	 * @param ordered whether a record waits for the one before it with the same key
	 * @param maxRecordSize the size of the largest record, in bytes
	 * @param linger the time for which a message may wait for others
	 * @param timeout the time that a request may take
	 */
	public KinesisDestinationOptions(boolean ordered, int maxRecordSize, Duration linger, Duration timeout) {
		this(ordered, maxRecordSize, linger, timeout, OutboundMessage::groupId);
	}

	private static void check(boolean condition, String setting, String message) {
		if (!condition) {
			throw new InvalidSettingException(KinesisDestinationOptions.class, setting, message);
		}
	}

}
