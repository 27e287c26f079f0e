package io.pubsub.local.internal.s3;

import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * The part of a list of objects that a request asks for.
 *
 * @param prefix the beginning of all keys
 * @param delimiter the end of the prefixes that stand for the keys that begin with them,
 * {@code null} for none
 * @param after the key, or the prefix of that kind, that the last page ended with
 * @param limit the largest number of objects and prefixes
 */
record ListQuery(String prefix, @Nullable String delimiter, @Nullable String after, int limit) {

	private static final int MOST = 1000;

	private static final Comparator<String> ORDER = new KeyOrder();

	static ListQuery of(S3Request request) {
		String prefix = request.query().getOrDefault("prefix", "");
		String delimiter = request.query().getOrDefault("delimiter", "");
		String token = request.parameter("continuation-token");
		return new ListQuery(prefix, delimiter.isEmpty() ? null : delimiter,
				(token != null) ? Listing.read(token) : request.parameter("start-after"), limit(request, "max-keys"));
	}

	static int limit(S3Request request, String parameter) {
		String limit = request.parameter(parameter);
		if (limit == null || limit.isEmpty()) {
			return MOST;
		}
		if (!limit.matches("\\d{1,9}")) {
			throw S3Exception.invalidArgument("Provided %s not an integer or within integer range".formatted(parameter),
					parameter, limit);
		}
		return Math.min(Integer.parseInt(limit), MOST);
	}

	String first() {
		return (this.after != null && ORDER.compare(this.after, this.prefix) > 0) ? this.after : this.prefix;
	}

	boolean isBefore(String key) {
		if (this.after == null) {
			return false;
		}
		return ORDER.compare(key, this.after) <= 0 || this.after.equals(folder(key));
	}

	@Nullable String folder(String key) {
		int end = (this.delimiter != null) ? key.indexOf(this.delimiter, this.prefix.length()) : -1;
		return (this.delimiter == null || end < 0) ? null : key.substring(0, end + this.delimiter.length());
	}

}
