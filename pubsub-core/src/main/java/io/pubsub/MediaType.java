package io.pubsub;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name by which a message is routed, validated and handled, such as
 * {@code application/vnd.example.pubsub._.created.order}.
 * <p>
 * A media type that ends in {@code .*} is a pattern: it matches every media type that has
 * exactly one segment in the place of the star.
 *
 * @param value the text form, without white space and without a dot at its end, at most
 * 255 characters
 * @since 0.1.0
 */
public record MediaType(String value) {

	private static final String WILDCARD = ".*";

	// RFC 6838, section 4.2: 127 characters each for type and subtype, and the slash.
	private static final int MAX_LENGTH = 255;

	private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

	public MediaType {
		Objects.requireNonNull(value, "a media type must not be null");
		if (value.length() > MAX_LENGTH) {
			throw new IllegalArgumentException(
					"a media type must have at most %d characters, not %d".formatted(MAX_LENGTH, value.length()));
		}
		if (!PRINTABLE.matcher(value).matches()) {
			throw new IllegalArgumentException(
					"a media type must consist of printable ASCII characters without spaces");
		}
		if (value.endsWith(".")) {
			throw new IllegalArgumentException("a media type must not end in a dot: its last segment would be empty");
		}
	}

	/**
	 * Whether this stands for all media types with one more segment.
	 * @return {@code true} if this ends in {@code .*}
	 */
	public boolean isPattern() {
		return this.value.endsWith(WILDCARD);
	}

	/**
	 * Whether this is the other media type, or a pattern that the other one fits.
	 * @param other the media type of a message
	 * @return {@code true} on a match
	 */
	public boolean matches(MediaType other) {
		return isPattern() ? equals(other.pattern()) : equals(other);
	}

	/**
	 * The one pattern that this fits: its last segment replaced by the star.
	 * @return the pattern; this itself if it already is one
	 */
	public MediaType pattern() {
		int lastSegment = this.value.lastIndexOf('.');
		return new MediaType(((lastSegment < 0) ? "" : this.value.substring(0, lastSegment)) + WILDCARD);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
