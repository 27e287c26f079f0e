package io.pubsub.aws.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.pubsub.MediaType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The filter policy that lets through what is handled, and nothing else.
 *
 * @param key the attribute of the message, or the field of its body
 * @param rules the values, or objects with a prefix
 */
public record FilterPolicy(String key, List<Object> rules) {

	/** The attribute that has the media type of a message. */
	public static final String ATTRIBUTE = "media_type";

	/** The field of the body that has the media type of a message. */
	public static final String FIELD = "mediaType";

	// "Filter policy constraints", guide of SNS. The other limits, of 5 keys and of 256
	// KB,
	// cannot be met with one key and values of 255 characters.
	private static final int MOST_VALUES = 150;

	private static final JsonMapper mapper = JsonMapper.builder().build();

	/**
	 * Makes the policy.
	 * @param key the key
	 * @param mediaTypes the media types and patterns that are handled
	 * @return the policy; {@code null} if there is nothing to let through, or everything
	 */
	public static @Nullable FilterPolicy of(String key, Collection<MediaType> mediaTypes) {
		List<String> prefixes = mediaTypes.stream()
			.filter(MediaType::isPattern)
			.map((pattern) -> pattern.value().substring(0, pattern.value().length() - 1))
			.sorted()
			.toList();
		if (mediaTypes.isEmpty() || prefixes.contains(".")) {
			return null;
		}
		List<Object> rules = new ArrayList<>(exact(Set.copyOf(mediaTypes)).toList());
		prefixes.forEach((prefix) -> rules.add(Map.of("prefix", prefix)));
		return new FilterPolicy(key, rules);
	}

	// Those of a pattern come with it.
	private static Stream<String> exact(Set<MediaType> mediaTypes) {
		return mediaTypes.stream()
			.filter((mediaType) -> !mediaType.isPattern() && !mediaTypes.contains(mediaType.pattern()))
			.map(MediaType::value)
			.sorted();
	}

	/**
	 * The limit of SNS that the policy exceeds.
	 * @return the limit, in words; {@code null} if it exceeds none
	 */
	public @Nullable String excess() {
		return (this.rules.size() > MOST_VALUES)
				? "%d media types are more than the %d values that SNS takes".formatted(this.rules.size(), MOST_VALUES)
				: null;
	}

	/**
	 * The policy.
	 * @return the JSON
	 */
	public String json() {
		return mapper.writeValueAsString(Map.of(this.key, this.rules));
	}

}
