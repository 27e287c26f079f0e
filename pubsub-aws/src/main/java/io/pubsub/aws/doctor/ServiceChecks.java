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
			.schemas()
			.unused()
			.entrySet()
			.stream()
			.map((schema) -> Finding.note("schema-unused",
					"The schema of %s, %s, has neither a handler nor a topic".formatted(schema.getKey(),
							schema.getValue()),
					"It is left over, or its handler or topic was forgotten.",
					"Remove the class %s, or handle it with a method @Handles void on(%s content)"
						.formatted(schema.getValue(), simple(schema.getValue()))));
	}

	static Stream<Finding> handlersWithoutSchema(Facts facts) {
		return facts.service()
			.schemas()
			.missing()
			.entrySet()
			.stream()
			.map((handler) -> Finding.warning("handler-without-schema",
					"The media type of the handler %s has no schema".formatted(handler.getKey()),
					"Its messages cannot be read: each becomes a dead letter.",
					"Annotate the class %s with @MessageSchema".formatted(handler.getValue())));
	}

	static Stream<Finding> ungrouped(Facts facts) {
		return facts.service()
			.schemas()
			.ungrouped()
			.entrySet()
			.stream()
			.map((schema) -> Finding.note("group-undeclared",
					"%s, of the class %s, goes to a FIFO topic and declares no group".formatted(schema.getKey(),
							schema.getValue()),
					"It can be published only by who names a group each time, or while a message with a group is handled.",
					"Annotate the member of %s that has the group with @MessageGroupId".formatted(schema.getValue())));
	}

	private static String simple(String className) {
		return className.substring(className.lastIndexOf('.') + 1);
	}

}
