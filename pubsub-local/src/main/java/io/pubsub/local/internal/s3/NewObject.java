package io.pubsub.local.internal.s3;

/**
 * An object before it is put.
 *
 * @param event the event that its put is, as notifications name it
 * @param key the key
 * @param blob the bytes
 * @param etag the entity tag, without quotes
 * @param checksum the checksum
 * @param metadata the headers that come back with it
 */
record NewObject(String event, String key, Blob blob, String etag, Checksum checksum, Metadata metadata) {

	static NewObject of(String event, String key, Blob blob, Metadata metadata) {
		return new NewObject(event, key, blob, blob.received().md5(), blob.received().checksum(), metadata);
	}

}
