package io.pubsub.autoconfigure.publish;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.internal.Spelling;
import io.pubsub.publish.BatchMessage;
import io.pubsub.schema.SchemaRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Warns of topics of resources that no schema has, so that nothing is ever published to
 * them.
 */
final class TopicKeyCheck implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(TopicKeyCheck.class);

	private final PubSubProperties.Topics topics;

	private final MediaTypes mediaTypes;

	private final SchemaRegistry schemas;

	TopicKeyCheck(PubSubProperties.Topics topics, MediaTypes mediaTypes, SchemaRegistry schemas) {
		this.topics = topics;
		this.mediaTypes = mediaTypes;
		this.schemas = schemas;
	}

	@Override
	public void afterSingletonsInstantiated() {
		check("created", this.topics.created());
		check("changed", this.topics.changed());
		check("deleted", this.topics.deleted());
	}

	private void check(String change, Map<String, String> topics) {
		List<String> resources = this.schemas.schemas()
			.keySet()
			.stream()
			.filter((mediaType) -> change.equals(this.mediaTypes.changeOf(mediaType)))
			.map(this.mediaTypes::resourceOf)
			.filter(Objects::nonNull)
			.toList();
		List<String> canonical = resources.stream().map(TopicKeyCheck::canonical).toList();
		topics.keySet()
			.stream()
			.filter((resource) -> !resource.equals(BatchMessage.RESOURCE) && !canonical.contains(canonical(resource)))
			.forEach((resource) -> warn(change, resource, resources));
	}

	// An environment variable cannot tell one from the other.
	private static String canonical(String resource) {
		return resource.replaceAll("[_-]", ".");
	}

	private void warn(String change, String resource, List<String> resources) {
		String nearest = Spelling.nearest(resource, resources);
		if (nearest != null) {
			logger.warn("pubsub.producer.topics.{}.{} is the topic of a resource that no schema has. Is it {}?", change,
					resource, nearest);
		}
		else if (!hasConventionSchema(change, resource)) {
			logger.warn("pubsub.producer.topics.{}.{} is the topic of a resource that no schema has: nothing can be"
					+ " published to it", change, resource);
		}
	}

	private boolean hasConventionSchema(String change, String resource) {
		MediaType mediaType = this.mediaTypes.of(change, resource, false);
		return this.schemas.find(mediaType) != null;
	}

}
