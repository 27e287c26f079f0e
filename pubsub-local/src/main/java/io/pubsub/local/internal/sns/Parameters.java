package io.pubsub.local.internal.sns;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The form fields of one request of the Query API.
 */
final class Parameters {

	private final Map<String, String> values;

	private final @Nullable String traceHeader;

	private Parameters(Map<String, String> values, @Nullable String traceHeader) {
		this.values = values;
		this.traceHeader = traceHeader;
	}

	static Parameters parse(String form, @Nullable String traceHeader) {
		Map<String, String> values = new HashMap<>();
		for (String field : form.split("&", -1)) {
			int equals = field.indexOf('=');
			if (equals > 0) {
				values.put(decode(field.substring(0, equals)), decode(field.substring(equals + 1)));
			}
		}
		return new Parameters(values, traceHeader);
	}

	private static String decode(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw SnsException.badRequest("MalformedQueryString",
					"The request is not form-encoded: " + ex.getMessage());
		}
	}

	// Return the trace that the request belongs to.
	@Nullable String traceHeader() {
		return this.traceHeader;
	}

	@Nullable String get(String name) {
		return this.values.get(name);
	}

	String require(String name) {
		String value = get(name);
		if (value == null || value.isEmpty()) {
			throw SnsException.missing(name);
		}
		return value;
	}

	// Return the fields prefix.1.…, prefix.2.… and so on, a group each, by number.
	List<Parameters> groups(String prefix) {
		Map<Integer, Parameters> groups = new TreeMap<>();
		String start = prefix + ".";
		this.values.forEach((name, value) -> {
			int dot = name.indexOf('.', start.length());
			if (name.startsWith(start) && dot > 0) {
				int number = number(name, name.substring(start.length(), dot));
				groups.computeIfAbsent(number, (absent) -> new Parameters(new HashMap<>(), this.traceHeader)).values
					.put(name.substring(dot + 1), value);
			}
		});
		return new ArrayList<>(groups.values());
	}

	private static int number(String name, String digits) {
		try {
			return Integer.parseInt(digits);
		}
		catch (NumberFormatException ex) {
			throw SnsException.badRequest("MalformedQueryString", "Field %s needs a number".formatted(name));
		}
	}

	// Return the map that is given as Attributes.entry.1.key and so on.
	Map<String, String> attributes() {
		Map<String, String> attributes = new LinkedHashMap<>();
		for (Parameters entry : groups("Attributes.entry")) {
			String value = entry.get("value");
			attributes.put(entry.require("key"), (value != null) ? value : "");
		}
		return attributes;
	}

	// Return the list that is given as name.member.1 and so on, by number.
	List<String> members(String name) {
		Map<Integer, String> members = new TreeMap<>();
		String start = name + ".member.";
		this.values.forEach((field, value) -> {
			if (field.startsWith(start)) {
				members.put(number(field, field.substring(start.length())), value);
			}
		});
		return new ArrayList<>(members.values());
	}

	// Return the map that is given as Tags.member.1.Key and so on.
	Map<String, String> tags() {
		Map<String, String> tags = new LinkedHashMap<>();
		for (Parameters tag : groups("Tags.member")) {
			String value = tag.get("Value");
			tags.put(tag.require("Key"), (value != null) ? value : "");
		}
		return tags;
	}

}
