package io.pubsub.publish;

import java.util.HashMap;
import java.util.Map;

import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the one topic of a message by its media type.
 * <p>
 * An entry for the media type itself wins over one for its pattern, that over one for its
 * change and resource, and that over the default. A {@link BatchMessage} has to have a
 * topic of its own, by its media type or by its resource, since not every consumer takes
 * batches apart. Immutable.
 *
 * @since 0.1.0
 */
public final class TopicRouter {

	private final MediaTypes mediaTypes;

	private final @Nullable String defaultTopic;

	private final Map<MediaType, String> mappings = new HashMap<>();

	private final Map<String, ResourceTopics> changes;

	/**
	 * Reads the configured topics.
	 * @param topics the topics
	 * @param mediaTypes the naming convention
	 * @throws InvalidTopicsException if an entry is wrong, or two contradict each other
	 */
	public TopicRouter(Topics topics, MediaTypes mediaTypes) {
		this.mediaTypes = mediaTypes;
		this.defaultTopic = topics.defaultTopic();
		this.changes = Map.of("created", new ResourceTopics("created", topics.created()), "changed",
				new ResourceTopics("changed", topics.changed()), "deleted",
				new ResourceTopics("deleted", topics.deleted()));
		topics.mappings().forEach(this::map);
	}

	private void map(String key, String topic) {
		MediaType mediaType = mediaTypeOf(key);
		String other = this.mappings.putIfAbsent(mediaType, topic);
		if (other != null && !other.equals(topic)) {
			throw new InvalidTopicsException(entry(key), "another key names a different topic for " + mediaType);
		}
	}

	private MediaType mediaTypeOf(String key) {
		MediaType mediaType;
		try {
			mediaType = this.mediaTypes.resolve(key);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidTopicsException(entry(key), String.valueOf(ex.getMessage()), ex);
		}
		int star = key.indexOf('*');
		if (star >= 0 && !(mediaType.isPattern() && star == key.length() - 1)) {
			throw new InvalidTopicsException(entry(key), "it is no pattern: a '*' must be the whole last segment");
		}
		return mediaType;
	}

	private static String entry(String key) {
		return "mappings[%s]".formatted(key);
	}

	/**
	 * The topic of a media type.
	 * @param mediaType the media type
	 * @return the topic
	 * @throws NoTopicException if there is none
	 */
	public String route(MediaType mediaType) {
		String topic = find(mediaType);
		if (topic == null) {
			throw new NoTopicException(mediaType, isBatch(mediaType));
		}
		return topic;
	}

	private @Nullable String find(MediaType mediaType) {
		String topic = this.mappings.get(mediaType);
		boolean batch = isBatch(mediaType);
		if (topic == null && !batch) {
			topic = this.mappings.get(mediaType.pattern());
		}
		if (topic == null) {
			topic = byResource(mediaType);
		}
		return (topic != null || batch) ? topic : this.defaultTopic;
	}

	private boolean isBatch(MediaType mediaType) {
		return "created".equals(this.mediaTypes.changeOf(mediaType))
				&& BatchMessage.RESOURCE.equals(this.mediaTypes.resourceOf(mediaType));
	}

	private @Nullable String byResource(MediaType mediaType) {
		String change = this.mediaTypes.changeOf(mediaType);
		String resource = this.mediaTypes.resourceOf(mediaType);
		ResourceTopics topics = (change != null) ? this.changes.get(change) : null;
		return (topics != null && resource != null) ? topics.find(resource) : null;
	}

}
