package io.pubsub.local.internal.s3;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Times as S3 writes them in headers and in documents.
 */
final class Times {

	private static final DateTimeFormatter HEADER = DateTimeFormatter
		.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter DOCUMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
		.withZone(ZoneOffset.UTC);

	private Times() {
	}

	static String inHeader(Instant time) {
		return HEADER.format(time);
	}

	static String inDocument(Instant time) {
		return DOCUMENT.format(time);
	}

	// HTTP takes no notice of a condition with a time that is none.
	static @Nullable Instant parse(@Nullable String header) {
		try {
			return (header != null) ? Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header)) : null;
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

}
