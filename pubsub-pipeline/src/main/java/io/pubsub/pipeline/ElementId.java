package io.pubsub.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.pubsub.MessageContext;

/**
 * The id of a failed element: made of its message, its stage and its content, so that it
 * is the same when the message comes again, on whatever machine.
 */
final class ElementId {

	private ElementId() {
	}

	static String of(MessageContext context, String stage, Object value) {
		String content = String.valueOf(value);
		return UUID
			.nameUUIDFromBytes((context.messageId() + '\n' + stage + '\n' + content).getBytes(StandardCharsets.UTF_8))
			.toString();
	}

}
