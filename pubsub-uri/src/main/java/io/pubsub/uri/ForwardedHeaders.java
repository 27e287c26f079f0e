package io.pubsub.uri;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.pubsub.InvalidSettingException;
import io.pubsub.OpaqueData;

import org.springframework.http.HttpHeaders;

/**
 * Which opaque data of a message go out as headers of the requests for its resource: an
 * allow-list, so that nothing leaks that nobody thought of.
 */
final class ForwardedHeaders {

	private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");

	private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]*");

	private final List<String> keys;

	/**
	 * Makes the allow-list.
	 * @param keys the keys; one that ends in {@code *} stands for all with that beginning
	 */
	ForwardedHeaders(List<String> keys) {
		this.keys = keys.stream().map((key) -> key.toLowerCase(Locale.ROOT)).toList();
		for (String key : this.keys) {
			int star = key.indexOf('*');
			if (key.isBlank() || (star >= 0 && star < key.length() - 1)) {
				throw new InvalidSettingException(UriOptions.class, "forwardHeaders",
						"a key of the headers to forward must not be empty and may have one '*', at its end, not '%s'"
							.formatted(key));
			}
		}
	}

	/**
	 * Adds what is allowed, in lower case. What cannot be a header is left out: a
	 * stranger's key is no reason to lose a message.
	 * @param headers the headers of a request
	 * @param data the opaque data of a message
	 */
	void addTo(HttpHeaders headers, OpaqueData data) {
		data.asMap().forEach((key, value) -> {
			String name = key.toLowerCase(Locale.ROOT);
			if (allows(name) && NAME.matcher(name).matches() && VALUE.matcher(value).matches()) {
				headers.set(name, value);
			}
		});
	}

	private boolean allows(String name) {
		return this.keys.stream().anyMatch((key) -> matches(key, name));
	}

	private static boolean matches(String key, String name) {
		return key.endsWith("*") ? name.startsWith(key.substring(0, key.length() - 1)) : name.equals(key);
	}

}
