package io.pubsub.publish;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The topics of the resources that one change happens to.
 * <p>
 * An environment variable cannot tell an underscore from a dot: Spring Boot makes
 * {@code foo.bar.baz} of {@code FOO_BAR_BAZ}. A resource without an entry of its exact
 * spelling therefore takes one that differs in separators only, unless that entry has an
 * underscore, which proves that it was spelled out elsewhere.
 */
final class ResourceTopics {

	private static final Pattern RESOURCE = Pattern.compile("[a-z0-9_.-]+");

	private final Map<String, Entry> entries = new HashMap<>();

	ResourceTopics(String change, Map<String, String> topics) {
		topics.forEach((resource, topic) -> add(change, new Entry(resource, topic)));
	}

	private void add(String change, Entry entry) {
		String name = "%s[%s]".formatted(change, entry.resource());
		if (!RESOURCE.matcher(entry.resource()).matches()) {
			throw new InvalidTopicsException(name, "a resource must be in snake case, such as foo.bar_baz");
		}
		Entry other = this.entries.putIfAbsent(canonical(entry.resource()), entry);
		if (other != null && !other.topic().equals(entry.topic())) {
			throw new InvalidTopicsException(name,
					"%s[%s] has a different topic but may mean the same resource: ".formatted(change, other.resource())
							+ "remove one, or use mappings with whole media types");
		}
	}

	@Nullable String find(String resource) {
		Entry entry = this.entries.get(canonical(resource));
		return (entry != null && entry.covers(resource)) ? entry.topic() : null;
	}

	private static String canonical(String resource) {
		return resource.replace('_', '.').replace('-', '.');
	}

	private record Entry(String resource, String topic) {

		private boolean covers(String other) {
			return this.resource.indexOf('_') < 0 || this.resource.equals(other);
		}

	}

}
