package io.pubsub.local.internal.s3;

import java.util.Locale;

/**
 * A checksum of an object.
 *
 * @param algorithm the algorithm, as S3 names it
 * @param value the checksum in Base64, followed by the number of parts if it is one of
 * their checksums
 */
record Checksum(String algorithm, String value) {

	private static final String HEADER = "x-amz-checksum-";

	static String header(String algorithm) {
		return HEADER + algorithm.toLowerCase(Locale.ROOT);
	}

	String header() {
		return header(this.algorithm);
	}

	String element() {
		return "Checksum" + this.algorithm;
	}

	String type() {
		return (this.value.indexOf('-') < 0) ? "FULL_OBJECT" : "COMPOSITE";
	}

}
