package io.pubsub.schema.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the URIs that browsers and other languages take, of which {@link URI} refuses
 * some.
 */
public final class LenientUri {

	// RFC 3986, appendix B: what is before the path, the path, the query, the fragment.
	private static final Pattern PARTS = Pattern.compile(
			"(?<beginning>(?:[^:/?#]+:)?(?://[^/?#]*)?)(?<path>[^?#]*)(?<query>\\?[^#]*)?(?<fragment>#.*)?",
			Pattern.DOTALL);

	private static final Pattern ILLEGAL = Pattern.compile("[\\p{Cc}\\p{Z}\"<>\\\\^`{|}\\[\\]#]|%(?![0-9A-Fa-f]{2})");

	private LenientUri() {
	}

	/**
	 * Reads a URI and escapes what must not stand in its path, query and fragment, spaces
	 * and stray percent signs for example. What comes before the path says which host is
	 * asked: it must be right as it is.
	 * @param text the URI; white space before it is skipped
	 * @return the URI
	 * @throws IllegalArgumentException if it is none
	 */
	public static URI parse(String text) {
		String stripped = text.stripLeading();
		try {
			return new URI(stripped);
		}
		catch (URISyntaxException ex) {
			return URI.create(escape(stripped));
		}
	}

	private static String escape(String text) {
		Matcher parts = PARTS.matcher(text);
		if (!parts.matches()) {
			throw new IllegalArgumentException("not a URI");
		}
		StringBuilder uri = new StringBuilder(parts.group("beginning"));
		uri.append(escapeIllegal(parts.group("path")));
		for (String part : List.of("query", "fragment")) {
			String value = parts.group(part);
			if (value != null) {
				uri.append(value.charAt(0)).append(escapeIllegal(value.substring(1)));
			}
		}
		return uri.toString();
	}

	private static String escapeIllegal(String part) {
		return ILLEGAL.matcher(part).replaceAll((illegal) -> escaped(illegal.group()));
	}

	private static String escaped(String character) {
		StringBuilder escapes = new StringBuilder();
		for (byte octet : character.getBytes(StandardCharsets.UTF_8)) {
			escapes.append("%%%02X".formatted(octet));
		}
		return escapes.toString();
	}

}
