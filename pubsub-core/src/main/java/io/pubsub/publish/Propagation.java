package io.pubsub.publish;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.pubsub.InvalidSettingException;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import org.jspecify.annotations.Nullable;

/**
 * Which opaque data of the message that is being handled go on with the messages that the
 * handler publishes: an allow-list, so that nothing leaks that nobody thought of.
 *
 * @param keys the keys; one that ends in {@code *} stands for all with that beginning
 * @since 0.1.0
 */
public record Propagation(List<String> keys) {

	private static final Propagation DEFAULTS = new Propagation(
			List.of("x-request-*", "traceparent", "tracestate", "baggage"));

	/**
	 * Makes the list.
	 * @throws InvalidSettingException if a key has a {@code *} that is not at its end, or
	 * is empty
	 */
	public Propagation {
		keys = keys.stream().map((key) -> key.toLowerCase(Locale.ROOT)).toList();
		for (String key : keys) {
			int star = key.indexOf('*');
			if (key.isBlank() || (star >= 0 && star < key.length() - 1)) {
				throw new InvalidSettingException(Propagation.class, "keys",
						"a key to propagate must not be empty and may have one '*', at its end, not '%s'"
							.formatted(key));
			}
		}
	}

	/**
	 * The keys of requests and traces.
	 * @return {@code x-request-*}, {@code traceparent}, {@code tracestate} and
	 * {@code baggage}
	 */
	public static Propagation defaults() {
		return DEFAULTS;
	}

	/**
	 * What goes on from a context. The time to live always does, the time of publishing
	 * never.
	 * @param context the context of the message that is being handled
	 * @return the data for a new message
	 */
	OpaqueData from(@Nullable MessageContext context) {
		if (context == null) {
			return OpaqueData.none();
		}
		Map<String, String> values = new HashMap<>();
		context.opaqueData().asMap().forEach((key, value) -> {
			if (allows(key)) {
				values.put(key, value);
			}
		});
		OpaqueData propagated = OpaqueData.of(values);
		Integer timeToLive = context.timeToLive();
		return (timeToLive != null) ? propagated.with(OpaqueData.TIME_TO_LIVE, timeToLive.toString()) : propagated;
	}

	/**
	 * Whether the value of a key may go on.
	 * @param key the key, in any case
	 * @return {@code false} if it is not on the list, and for the time of publishing
	 */
	public boolean allows(String key) {
		String name = key.toLowerCase(Locale.ROOT);
		if (name.equals(OpaqueData.PUBLISHED)) {
			return false;
		}
		for (String allowed : this.keys) {
			if (matches(allowed, name)) {
				return true;
			}
		}
		return false;
	}

	private static boolean matches(String allowed, String key) {
		return allowed.endsWith("*") ? key.regionMatches(0, allowed, 0, allowed.length() - 1) : key.equals(allowed);
	}

}
