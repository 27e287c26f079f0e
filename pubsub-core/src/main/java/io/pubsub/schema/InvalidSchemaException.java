package io.pubsub.schema;

/**
 * Thrown when a class cannot be the schema of messages. That is a fault of the code, and
 * never of a message.
 *
 * @since 0.1.0
 */
public final class InvalidSchemaException extends IllegalStateException {

	InvalidSchemaException(Class<?> schema, String problem) {
		super("%s cannot be the content of a message: %s".formatted(schema.getName(), problem));
	}

}
