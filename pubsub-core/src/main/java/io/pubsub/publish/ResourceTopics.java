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
		String property = "pubsub.producer.topics." + change;
		if (!RESOURCE.matcher(entry.resource()).matches()) {
			throw new IllegalArgumentException("%s[%s] must name its resource in snake case, such as foo.bar_baz"
				.formatted(property, entry.resource()));
		}
		Entry other = this.entries.putIfAbsent(canonical(entry.resource()), entry);
		if (other != null && !other.topic().equals(entry.topic())) {
			throw new IllegalArgumentException(
					"%1$s[%2$s] and %1$s[%3$s] have different topics but may mean the same resource: "
						.formatted(property, other.resource(), entry.resource())
							+ "remove one, or use pubsub.producer.topics.mappings with whole media types");
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
