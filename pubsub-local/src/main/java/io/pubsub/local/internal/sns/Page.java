package io.pubsub.local.internal.sns;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Up to 100 entries of a listing.
 *
 * @param <V> the type of the entries
 * @param values the entries
 * @param nextToken the token of the next page, {@code null} on the last
 */
record Page<V>(List<V> values, @Nullable String nextToken) {

	private static final int SIZE = 100;

	static <V> Page<V> of(NavigableMap<String, V> all, @Nullable String nextToken) {
		NavigableMap<String, V> rest = (nextToken != null) ? all.tailMap(decode(nextToken), false) : all;
		List<String> keys = rest.keySet().stream().limit(SIZE + 1).collect(Collectors.toList());
		boolean more = keys.size() > SIZE;
		List<V> values = rest.values().stream().limit(SIZE).toList();
		return new Page<>(values, more ? encode(keys.get(SIZE - 1)) : null);
	}

	private static String encode(String key) {
		return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
	}

	private static String decode(String token) {
		try {
			return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw SnsException.invalidParameter("NextToken");
		}
	}

}
