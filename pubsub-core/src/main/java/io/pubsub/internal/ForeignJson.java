package io.pubsub.internal;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON text from outside. What a parser says of a fault quotes the text, so that nothing
 * of it is passed on, not even as a cause: only what kind of fault it is, and where.
 */
public final class ForeignJson {

	private ForeignJson() {
	}

	/**
	 * Reads text.
	 * @param mapper the JSON mapper
	 * @param json the text
	 * @param refusal makes the exception for a fault such as "is not valid JSON at line
	 * 1, column 2"
	 * @return the content of the text; {@code null} if it is empty
	 */
	public static @Nullable JsonNode read(JsonMapper mapper, String json, Function<String, RuntimeException> refusal) {
		try (JsonParser parser = mapper.createParser(json)) {
			return read(mapper, parser, refusal);
		}
	}

	// The parser of numbers has exceptions of its own.
	private static @Nullable JsonNode read(JsonMapper mapper, JsonParser parser,
			Function<String, RuntimeException> refusal) {
		try {
			return mapper.readTree(parser);
		}
		catch (StreamConstraintsException | StackOverflowError ex) {
			throw refusal.apply("exceeds the limits of depth and size" + place(parser));
		}
		catch (RuntimeException ex) {
			throw refusal.apply("is not valid JSON" + place(parser));
		}
	}

	private static String place(JsonParser parser) {
		TokenStreamLocation location = parser.currentTokenLocation();
		return " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
	}

}
