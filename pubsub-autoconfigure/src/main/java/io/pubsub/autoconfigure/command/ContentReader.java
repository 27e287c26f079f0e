package io.pubsub.autoconfigure.command;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the content of a message from the arguments, or from the standard input.
 */
final class ContentReader {

	private static final String FROM_INPUT = "-";

	private final InputStream input;

	// Numbers keep their digits, as they do in messages.
	private final JsonMapper mapper = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.build();

	ContentReader(InputStream input) {
		this.input = input;
	}

	Map<String, Object> read(List<String> fields) {
		if (fields.equals(List.of(FROM_INPUT))) {
			return fromInput();
		}
		Map<String, Object> content = new LinkedHashMap<>();
		fields.forEach((field) -> put(content, field));
		return content;
	}

	// What Jackson says of a fault quotes the content.
	private Map<String, Object> fromInput() {
		try {
			return this.mapper.readValue(this.input, new TypeReference<Map<String, Object>>() {
			});
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The standard input is not a JSON object");
		}
	}

	private void put(Map<String, Object> content, String field) {
		int end = field.indexOf('=');
		if (end < 1) {
			throw new IllegalArgumentException("'%s' is not a field: write name=text or name:=json".formatted(field));
		}
		String value = field.substring(end + 1);
		if (field.charAt(end - 1) == ':') {
			String name = field.substring(0, end - 1);
			content.put(name, json(name, value));
		}
		else {
			content.put(field.substring(0, end), value);
		}
	}

	private Object json(String name, String value) {
		try {
			return this.mapper.readTree(value);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The value of %s is not JSON; for text write %1$s=...".formatted(name));
		}
	}

}
