package io.pubsub.aws.doctor;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.pubsub.MediaType;

/**
 * What the service itself says: what it consumes and publishes, and by which classes.
 *
 * @param consumptions the queues that it consumes
 * @param published the media types that it publishes, by the ARN of their topic
 * @param maxMessageBytes the largest message that it publishes, in bytes
 * @param unusedSchemas the media types whose schema neither a handler nor a topic has
 * @param handlersWithoutSchema the handlers whose media type has no schema
 * @since 0.1.0
 */
public record ServiceFacts(List<Consumption> consumptions, Map<String, Set<MediaType>> published, int maxMessageBytes,
		List<MediaType> unusedSchemas, List<String> handlersWithoutSchema) {

	public ServiceFacts {
		consumptions = List.copyOf(consumptions);
		published = Map.copyOf(published);
		unusedSchemas = List.copyOf(unusedSchemas);
		handlersWithoutSchema = List.copyOf(handlersWithoutSchema);
	}

}
