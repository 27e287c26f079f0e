package io.pubsub.publish;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The topics of the media types.
 *
 * @param defaultTopic the topic of everything else; {@code null} for none
 * @param mappings topics by media type, pattern or {@code <change>.<resource>}
 * @param created topics of created resources, by resource such as {@code foo.bar_baz}
 * @param changed topics of changed resources
 * @param deleted topics of deleted resources
 * @since 0.1.0
 */
public record Topics(@Nullable String defaultTopic, Map<String, String> mappings, Map<String, String> created,
		Map<String, String> changed, Map<String, String> deleted) {

	/**
	 * Makes the topics.
	 * @throws InvalidTopicsException if a topic has no name
	 */
	public Topics {
		if (defaultTopic != null) {
			check("default", defaultTopic);
		}
		mappings = copy("mappings", mappings);
		created = copy("created", created);
		changed = copy("changed", changed);
		deleted = copy("deleted", deleted);
	}

	/**
	 * One topic for everything.
	 * @param topic the topic
	 * @return the topics
	 */
	public static Topics all(String topic) {
		return new Topics(Objects.requireNonNull(topic, "a topic must not be null"), Map.of(), Map.of(), Map.of(),
				Map.of());
	}

	private static Map<String, String> copy(String kind, Map<String, String> topics) {
		topics.forEach((key, topic) -> check("%s[%s]".formatted(kind, key), topic));
		return Map.copyOf(topics);
	}

	private static void check(String entry, @Nullable String topic) {
		if (topic == null || topic.isBlank()) {
			throw new InvalidTopicsException(entry, "a topic must have a name, not an empty one");
		}
	}

}
