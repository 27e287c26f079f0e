package io.pubsub.local.internal.s3;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of the headers of a put, and comes back with a get.
 *
 * @param headers the values by the names of the headers in lower case
 */
record Metadata(Map<String, String> headers) {

	private static final String CONTENT_TYPE = "content-type";

	private static final String CONTENT_ENCODING = "content-encoding";

	private static final String USER = "x-amz-meta-";

	private static final List<String> KEPT = List.of(CONTENT_TYPE, "content-language", "content-disposition",
			"cache-control", "expires");

	private static final List<String> LEFT_OUT = List.of("x-amz-tagging", "x-amz-object-lock-mode",
			"x-amz-object-lock-legal-hold", "x-amz-website-redirect-location",
			"x-amz-server-side-encryption-customer-algorithm");

	private static final int MOST_USER_METADATA = 2048;

	static Metadata of(Map<String, String> headers) {
		LEFT_OUT.stream().filter(headers::containsKey).findFirst().ifPresent((name) -> {
			throw S3Exception.notImplemented("header " + name);
		});
		Map<String, String> kept = new TreeMap<>();
		kept.put(CONTENT_TYPE, "binary/octet-stream");
		headers.forEach((name, value) -> {
			if (KEPT.contains(name) || name.startsWith(USER)) {
				kept.put(name, value);
			}
		});
		String encoding = encoding(headers.get(CONTENT_ENCODING));
		if (encoding != null) {
			kept.put(CONTENT_ENCODING, encoding);
		}
		checkSize(kept);
		return new Metadata(kept);
	}

	// That of the transfer is none of the object.
	private static @Nullable String encoding(@Nullable String header) {
		if (header == null) {
			return null;
		}
		String encoding = String.join(",",
				Stream.of(header.split(",")).map(String::strip).filter((name) -> !name.equals("aws-chunked")).toList());
		return encoding.isEmpty() ? null : encoding;
	}

	private static void checkSize(Map<String, String> kept) {
		int size = kept.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().startsWith(USER))
			.mapToInt((entry) -> entry.getKey().length() - USER.length() + bytes(entry.getValue()))
			.sum();
		if (size > MOST_USER_METADATA) {
			throw S3Exception.badRequest("MetadataTooLarge",
					"Your metadata headers have %d bytes, and at most %d are allowed".formatted(size,
							MOST_USER_METADATA));
		}
	}

	private static int bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

}
