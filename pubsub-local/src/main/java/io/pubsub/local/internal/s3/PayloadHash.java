package io.pubsub.local.internal.s3;

import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The hash of the whole body, which a request that is not chunked may be signed with.
 *
 * @param expected the hash in hexadecimal digits, {@code null} if the request has none
 * @param sum the hash of what came
 */
record PayloadHash(@Nullable String expected, Sum sum) {

	private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

	static PayloadHash of(Map<String, String> headers) {
		String header = headers.get("x-amz-content-sha256");
		return new PayloadHash((header != null && HASH.matcher(header).matches()) ? header : null, Sum.start("SHA256"));
	}

	void add(byte[] bytes, int length) {
		if (this.expected != null) {
			this.sum.add(bytes, length);
		}
	}

	void check() {
		if (this.expected != null && !HexFormat.of().formatHex(this.sum.end()).equals(this.expected)) {
			throw S3Exception.badRequest("XAmzContentSHA256Mismatch",
					"The provided 'x-amz-content-sha256' header does not match what was computed.");
		}
	}

}
