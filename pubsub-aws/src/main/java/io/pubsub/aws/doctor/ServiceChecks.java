package io.pubsub.aws.doctor;

import java.util.stream.Stream;

/**
 * Whether the classes of the service fit each other.
 */
final class ServiceChecks {

	private ServiceChecks() {
	}

	static Stream<Finding> unusedSchemas(Facts facts) {
		return facts.service()
			.unusedSchemas()
			.stream()
			.map((mediaType) -> Finding.note("schema-unused",
					"The schema of %s has neither a handler nor a topic".formatted(mediaType),
					"It is left over, or its handler or topic was forgotten.",
					"Remove the class, handle it with a method with @Handles, or configure a topic for it"));
	}

	static Stream<Finding> handlersWithoutSchema(Facts facts) {
		return facts.service()
			.handlersWithoutSchema()
			.stream()
			.map((handler) -> Finding.warning("handler-without-schema",
					"The media type of the handler %s has no schema".formatted(handler),
					"Its messages cannot be read: each becomes a dead letter.",
					"Annotate the class of its content with @MessageSchema, or correct the media type in @Handles"));
	}

}
