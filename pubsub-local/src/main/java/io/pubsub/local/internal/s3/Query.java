package io.pubsub.local.internal.s3;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Percent-encoding, and what is made of it.
 */
final class Query {

	private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._*/";

	private Query() {
	}

	static Map<String, String> parse(String query) {
		Map<String, String> parameters = new LinkedHashMap<>();
		for (String part : query.split("&", -1)) {
			int equals = part.indexOf('=');
			if (!part.isEmpty()) {
				String name = (equals < 0) ? part : part.substring(0, equals);
				String value = (equals < 0) ? "" : part.substring(equals + 1);
				parameters.put(decodeForm(name), decodeForm(value));
			}
		}
		return parameters;
	}

	static String decodeForm(String text) {
		return decode(text.replace('+', ' '));
	}

	// A plus stays a plus here, as it does in a path.
	static String decode(String text) {
		try {
			return java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw S3Exception.badRequest("InvalidURI", "Couldn't parse the specified URI.");
		}
	}

	// As S3 writes keys in lists and in notifications: a space is a plus.
	static String encode(String text) {
		StringBuilder out = new StringBuilder();
		for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
			char c = (char) (b & 0xFF);
			if (UNRESERVED.indexOf(c) >= 0) {
				out.append(c);
			}
			else if (c == ' ') {
				out.append('+');
			}
			else {
				out.append('%').append("%02X".formatted((int) c));
			}
		}
		return out.toString();
	}

}
