package io.pubsub.autoconfigure.doctor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.pubsub.MediaType;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.publish.NoTopicException;
import io.pubsub.publish.ProducerMode;
import io.pubsub.publish.TopicRouter;
import io.pubsub.schema.SchemaRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the service publishes, and where.
 *
 * @param producer the properties of what is published
 * @param schemas the schemas
 * @param router the topics by media type; {@code null} if nothing is published
 */
record Publications(PubSubProperties.Producer producer, SchemaRegistry schemas, @Nullable TopicRouter router) {

	private static final Logger logger = LoggerFactory.getLogger(Publications.class);

	/**
	 * The media types, by the address of where they go.
	 * @return the media types, none for an address that is configured and has none
	 */
	Map<String, Set<MediaType>> byAddress() {
		Map<String, Set<MediaType>> published = new HashMap<>();
		if (this.producer.mode() == ProducerMode.PUBLISH) {
			this.producer.topics().addresses().values().forEach((topic) -> published.put(topic, new HashSet<>()));
			this.schemas.schemas()
				.keySet()
				.stream()
				.filter((mediaType) -> !mediaType.isPattern())
				.forEach((mediaType) -> addressOf(mediaType)
					.forEach((address) -> published.computeIfAbsent(address, (key) -> new HashSet<>()).add(mediaType)));
		}
		return published;
	}

	/**
	 * The address of a media type.
	 * @param mediaType the media type
	 * @return the address, if it has one
	 */
	Stream<String> addressOf(MediaType mediaType) {
		try {
			return (this.router != null) ? Stream.of(this.router.route(mediaType)) : Stream.empty();
		}
		catch (NoTopicException ex) {
			logger.debug("{} is not published here", mediaType);
			return Stream.empty();
		}
	}

}
