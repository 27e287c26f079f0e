package io.pubsub.local.internal.s3;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The part of an object that a request asks for.
 *
 * @param first the first byte
 * @param length the number of bytes
 */
record ByteRange(long first, long length) {

	private static final Pattern RANGE = Pattern.compile("bytes=(?<first>\\d{0,18})-(?<last>\\d{0,18})");

	/**
	 * Read a {@code Range}.
	 * @param header the header
	 * @param size the size of the object
	 * @return the range, {@code null} for the whole object: S3 takes no notice of several
	 * ranges, and of what is none
	 */
	static @Nullable ByteRange of(@Nullable String header, long size) {
		Matcher range = RANGE.matcher((header != null) ? header : "");
		if (header == null || !range.matches() || header.endsWith("=-")) {
			return null;
		}
		String last = range.group("last");
		if (range.group("first").isEmpty()) {
			long length = Math.min(Long.parseLong(last), size);
			return checked(header, size - length, length, size);
		}
		long first = Long.parseLong(range.group("first"));
		long end = last.isEmpty() ? size : Math.min(Long.parseLong(last) + 1, size);
		if (!last.isEmpty() && Long.parseLong(last) < first) {
			return null;
		}
		return checked(header, first, end - first, size);
	}

	private static ByteRange checked(String header, long first, long length, long size) {
		if (length <= 0 || first >= size) {
			throw S3Exception.invalidRange(header, size);
		}
		return new ByteRange(first, length);
	}

	String contentRange(long size) {
		return "bytes %d-%d/%d".formatted(this.first, this.first + this.length - 1, size);
	}

}
