package io.pubsub.autoconfigure.doctor;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pubsub.MediaType;
import io.pubsub.MessageGroupId;
import io.pubsub.aws.place.Fifo;
import io.pubsub.aws.topology.ServiceFacts.OddSchemas;
import io.pubsub.dispatch.Handler;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.schema.internal.DeclaredId;

/**
 * Finds schemas that fit neither a handler nor a topic.
 *
 * @param schemas the schemas
 * @param handlers the handlers
 */
record SchemaSurvey(SchemaRegistry schemas, List<Handler> handlers) {

	private static final String OWN = "io.pubsub.";

	OddSchemas odd(Map<String, Set<MediaType>> published) {
		Set<MediaType> handled = this.handlers.stream().map(Handler::mediaType).collect(Collectors.toSet());
		Set<MediaType> sent = published.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
		return new OddSchemas(
				named((mediaType) -> !mediaType.isPattern() && !sent.contains(mediaType) && !handled.contains(mediaType)
						&& !handled.contains(mediaType.pattern())),
				missing(), named(fifo(published)::contains, this::hasNoGroup));
	}

	private Map<MediaType, String> named(Predicate<MediaType> mediaTypes) {
		return named(mediaTypes, (schema) -> true);
	}

	// Those of this library are for who wants them.
	private Map<MediaType, String> named(Predicate<MediaType> mediaTypes, Predicate<Class<?>> classes) {
		return this.schemas.schemas()
			.entrySet()
			.stream()
			.filter((schema) -> mediaTypes.test(schema.getKey()) && classes.test(schema.getValue())
					&& !isOurs(schema.getValue()))
			.collect(Collectors.toMap(Map.Entry::getKey, (schema) -> schema.getValue().getName()));
	}

	private static boolean isOurs(Class<?> schema) {
		return Stream.of("io.pubsub", OWN + "publish", OWN + "schema").anyMatch(schema.getPackageName()::equals);
	}

	private Map<String, String> missing() {
		return this.handlers.stream()
			.filter((handler) -> this.schemas.find(handler.mediaType()) == null)
			.collect(
					Collectors.toMap(Handler::name, (handler) -> handler.contentType().getName(), (one, other) -> one));
	}

	private static Set<MediaType> fifo(Map<String, Set<MediaType>> published) {
		return published.entrySet()
			.stream()
			.filter((topic) -> Fifo.isAddress(topic.getKey()))
			.flatMap((topic) -> topic.getValue().stream())
			.collect(Collectors.toSet());
	}

	private boolean hasNoGroup(Class<?> schema) {
		return DeclaredId.of(schema, MessageGroupId.class) == null;
	}

}
