package io.pubsub.local.internal.s3;

import java.time.Instant;

/**
 * A part of an upload.
 *
 * @param number its place among the parts
 * @param blob the bytes
 * @param modified the time of the put
 */
record Part(int number, Blob blob, Instant modified) {

	String quotedEtag() {
		return "\"" + this.blob.received().md5() + "\"";
	}

	Checksum checksum() {
		return this.blob.received().checksum();
	}

}
