package io.pubsub.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.pubsub.MessageContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * The id of a failed element: made of its message, its stage and its content, so that it
 * is the same when the message comes again, on whatever machine.
 */
final class ElementId {

	private ElementId() {
	}

	static String of(MessageContext context, String stage, Object value) {
		String content = textOf(value);
		return UUID
			.nameUUIDFromBytes((context.messageId() + '\n' + stage + '\n' + content).getBytes(StandardCharsets.UTF_8))
			.toString();
	}

	// Two objects of most classes have the same JSON, but not the same text.
	private static String textOf(Object value) {
		try {
			return JsonMapper.shared().writeValueAsString(value);
		}
		catch (RuntimeException | StackOverflowError ex) {
			return String.valueOf(value);
		}
	}

}
