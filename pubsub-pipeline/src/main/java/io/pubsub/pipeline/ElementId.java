package io.pubsub.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import tools.jackson.databind.json.JsonMapper;

/**
 * The id of a failed element: made of its message, its stage and its content, so that it
 * is the same when the message comes again, on whatever machine. Equal elements of one
 * message that fail in one stage are numbered.
 */
final class ElementId {

	private ElementId() {
	}

	static String of(Lineage lineage, String stage, Object value) {
		String id = digest(lineage.context().messageId() + '\n' + stage + '\n' + textOf(value));
		int number = lineage.countFailed(id);
		return (number > 1) ? digest(id + '\n' + number) : id;
	}

	private static String digest(String text) {
		return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
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
