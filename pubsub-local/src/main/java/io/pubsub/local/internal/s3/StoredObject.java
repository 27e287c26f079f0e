package io.pubsub.local.internal.s3;

import java.time.Instant;

/**
 * An object as it was put.
 *
 * @param key the key
 * @param blob the bytes
 * @param etag the entity tag, without quotes
 * @param checksum the checksum
 * @param metadata the headers that come back with it
 * @param modified the time of the put
 * @param sequencer the place of the put among all of the broker
 */
record StoredObject(String key, Blob blob, String etag, Checksum checksum, Metadata metadata, Instant modified,
		String sequencer) {

	long size() {
		return this.blob.size();
	}

	String quotedEtag() {
		return "\"" + this.etag + "\"";
	}

}
