package io.pubsub;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

/**
 * The part of a message that travels with it without being its content: request ids, the
 * time of publishing, the time to live.
 * <p>
 * Immutable. Keys are compared without regard to case and keep the spelling they came
 * with.
 *
 * @since 0.1.0
 */
public final class OpaqueData {

	/**
	 * The key of the time of publishing, in seconds since 1970 as decimal text.
	 */
	public static final String PUBLISHED = "x-request-published";

	/**
	 * The key of the number of services that the message may still pass through, as text.
	 */
	public static final String TIME_TO_LIVE = "x-request-ttl";

	private static final OpaqueData NONE = new OpaqueData(copyOf(Map.of()));

	private final Map<String, String> values;

	// The map must be this instance's own.
	private OpaqueData(Map<String, String> values) {
		this.values = Collections.unmodifiableMap(values);
	}

	/**
	 * No data at all.
	 * @return an empty instance
	 */
	public static OpaqueData none() {
		return NONE;
	}

	/**
	 * Makes a copy of a map.
	 * @param values keys and values, none of them {@code null}
	 * @return the data
	 */
	public static OpaqueData of(Map<String, String> values) {
		return values.isEmpty() ? NONE : new OpaqueData(copyOf(values));
	}

	/**
	 * The value of a key, in whatever case the key was written.
	 * @param key the key
	 * @return the value, or {@code null} if there is none
	 */
	public @Nullable String get(String key) {
		return this.values.get(key);
	}

	/**
	 * This data with one value set.
	 * @param key the key
	 * @param value the value
	 * @return the new data
	 */
	public OpaqueData with(String key, String value) {
		return with(of(Map.of(key, value)));
	}

	/**
	 * This data, overlaid by other data.
	 * @param other the data whose values win where both have a key
	 * @return the new data
	 */
	public OpaqueData with(OpaqueData other) {
		if (other.values.isEmpty()) {
			return this;
		}
		Map<String, String> merged = copyOf(other.values);
		this.values.forEach(merged::putIfAbsent);
		return new OpaqueData(merged);
	}

	private static Map<String, String> copyOf(Map<String, String> values) {
		Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		copy.putAll(values);
		return copy;
	}

	/**
	 * All keys and values.
	 * @return an unmodifiable map whose look-ups disregard case
	 */
	public Map<String, String> asMap() {
		return this.values;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return (other instanceof OpaqueData that) && this.values.equals(that.values);
	}

	@Override
	public int hashCode() {
		// Equal keys may differ in case, but the order of their values does not.
		return List.copyOf(this.values.values()).hashCode();
	}

	@Override
	public String toString() {
		return LogText.of("OpaqueData" + this.values.keySet());
	}

}
