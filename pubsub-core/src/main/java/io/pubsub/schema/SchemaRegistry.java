package io.pubsub.schema;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.ChangedUriMessage;
import io.pubsub.IdentityMessage;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.MessageSchema;
import io.pubsub.UriMessage;
import org.jspecify.annotations.Nullable;

/**
 * Knows which class is the schema of which media type.
 * <p>
 * Safe for use by many threads. Grows by registration only, never by what is looked up.
 *
 * @since 0.1.0
 */
public final class SchemaRegistry {

	private final MediaTypes mediaTypes;

	private final boolean conventions;

	private final ConcurrentMap<MediaType, Class<?>> schemas = new ConcurrentHashMap<>();

	private final List<SchemaCheck> checks = new CopyOnWriteArrayList<>();

	/**
	 * Makes an empty registry.
	 * @param mediaTypes the naming convention
	 * @param conventions whether an unknown media type that follows the naming convention
	 * has the schema of the convention
	 */
	public SchemaRegistry(MediaTypes mediaTypes, boolean conventions) {
		this.mediaTypes = mediaTypes;
		this.conventions = conventions;
	}

	/**
	 * Registers a class for the media type that it declares.
	 * @param schema a class with {@link MessageSchema}
	 * @throws SchemaConflictException if the media type has another schema
	 * @throws InvalidSchemaException if the class cannot be the content of a message
	 */
	public void register(Class<?> schema) {
		register(this.mediaTypes.of(schema), schema);
	}

	/**
	 * Registers a class for a media type. Doing so again is no fault.
	 * @param mediaType the media type, a pattern, or {@code <change>.<resource>}
	 * @param schema the class
	 * @throws SchemaConflictException if the media type has another schema
	 * @throws InvalidSchemaException if the class cannot be the content of a message
	 * @throws IllegalArgumentException if the media type is none
	 */
	public void register(MediaType mediaType, Class<?> schema) {
		MediaType whole = resolve(mediaType);
		this.checks.forEach((check) -> check.check(schema));
		Class<?> registered = this.schemas.putIfAbsent(whole, schema);
		if (registered != null && registered != schema) {
			throw new SchemaConflictException(whole, registered, schema);
		}
	}

	/**
	 * Reads a media type that somebody gave who publishes, by the naming convention.
	 * @param mediaType a whole media type, a pattern, or {@code <change>.<resource>}
	 * @return the whole media type, or the pattern
	 * @throws IllegalArgumentException if it is none of these
	 */
	public MediaType resolve(MediaType mediaType) {
		return this.mediaTypes.resolve(mediaType);
	}

	/**
	 * The schema of a media type: the one registered for it, else the one registered for
	 * its pattern, else that of the convention.
	 * @param mediaType the media type of a message
	 * @return the class, or {@code null} if nobody knows the media type
	 */
	public @Nullable Class<?> find(MediaType mediaType) {
		Class<?> registered = findRegistered(mediaType);
		return (registered != null) ? registered : conventionOf(mediaType);
	}

	/**
	 * Checks all schemas that are registered, and those that will be.
	 * @param check the check
	 */
	void checkBy(SchemaCheck check) {
		this.checks.add(check);
		this.schemas.values().forEach(check::check);
	}

	@Nullable Class<?> findRegistered(MediaType mediaType) {
		Class<?> exact = this.schemas.get(mediaType);
		return (exact != null) ? exact : this.schemas.get(mediaType.pattern());
	}

	/**
	 * The media type or pattern that the schema of a media type is registered for: one of
	 * a bounded number, whatever strangers send.
	 * @param mediaType the media type of a message
	 * @return the media type itself, else its pattern; {@code null} if neither is
	 * registered
	 */
	public @Nullable MediaType registered(MediaType mediaType) {
		if (this.schemas.containsKey(mediaType)) {
			return mediaType;
		}
		MediaType pattern = mediaType.pattern();
		return this.schemas.containsKey(pattern) ? pattern : null;
	}

	/**
	 * The media type under which content of a class is published: the one that the class
	 * declares, else the only one that it is registered for.
	 * @param schema the class of the content
	 * @return the media type
	 * @throws IllegalArgumentException if there is none, or more than one
	 */
	public MediaType mediaTypeOf(Class<?> schema) {
		if (schema.isAnnotationPresent(MessageSchema.class)) {
			return this.mediaTypes.of(schema);
		}
		List<MediaType> registered = this.schemas.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() == schema && !entry.getKey().isPattern())
			.map(Map.Entry::getKey)
			.toList();
		if (registered.size() != 1) {
			throw new IllegalArgumentException("%s has %s media type: annotate it with @MessageSchema, or name one"
				.formatted(schema.getName(), registered.isEmpty() ? "no" : "more than one"));
		}
		return registered.get(0);
	}

	/**
	 * All that is registered.
	 * @return a copy
	 */
	public Map<MediaType, Class<?>> schemas() {
		return Map.copyOf(this.schemas);
	}

	private @Nullable Class<?> conventionOf(MediaType mediaType) {
		String change = this.conventions ? this.mediaTypes.changeOf(mediaType) : null;
		if (change == null) {
			return null;
		}
		return switch (change) {
			case "deleted" -> IdentityMessage.class;
			case "changed" -> ChangedUriMessage.class;
			default -> UriMessage.class;
		};
	}

}
