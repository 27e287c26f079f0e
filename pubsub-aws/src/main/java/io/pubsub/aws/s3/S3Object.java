package io.pubsub.aws.s3;

import java.time.Instant;

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

}
