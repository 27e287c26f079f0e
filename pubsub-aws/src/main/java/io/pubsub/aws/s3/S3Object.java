package io.pubsub.aws.s3;

import java.time.Instant;
import java.util.List;

import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

/**
 * An object of S3 that something happened to.
 *
 * @param bucket the name of the bucket
 * @param key the key, decoded
 * @param eventName the event in the words of its sender, {@code ObjectCreated:Put} of S3
 * or {@code Object Created} of EventBridge
 * @param versionId the version, if the bucket has versions
 * @param eTag the entity tag, without quotes, if the event has one
 * @param size the size in bytes, if the event has one
 * @param sequencer the place of the event among those of the same key, hexadecimal, if
 * the event has one
 * @param region the region of the bucket, if the event has one
 * @param time the time of the event, if it has one
 * @since 0.1.0
 */
public record S3Object(String bucket, String key, String eventName, @Nullable String versionId, @Nullable String eTag,
		@Nullable Long size, @Nullable String sequencer, @Nullable String region, @Nullable Instant time) {

	private static final List<String> REMOVALS = List.of("ObjectRemoved:", "LifecycleExpiration:", "Object Deleted");

	/**
	 * An object that no event tells of: the latest version of a key.
	 * @param bucket the name of the bucket
	 * @param key the key, not encoded
	 * @return the object, with an empty event name
	 */
	public static S3Object of(String bucket, String key) {
		return new S3Object(bucket, key, "", null, null, null, null, null, null);
	}

	/**
	 * Whether the event says that the object, or this version of it, is no more.
	 * @return {@code true} if there is nothing to be read
	 */
	public boolean wasRemoved() {
		return REMOVALS.stream().anyMatch(this.eventName::startsWith);
	}

	/**
	 * The place of the object, as it may stand in a log line.
	 * @return {@code s3://bucket/key}, cleaned and bounded
	 */
	String place() {
		return LogText.of("s3://" + this.bucket + "/" + this.key);
	}

}
