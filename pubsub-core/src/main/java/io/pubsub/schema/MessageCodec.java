package io.pubsub.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.pubsub.MediaType;
import io.pubsub.OpaqueData;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns content into the text of a message and back, and lets nothing pass that its
 * schema forbids.
 * <p>
 * Safe for use by many threads.
 */
public final class MessageCodec {

	private final JsonMapper mapper;

	private final Validator validator;

	private final SchemaRegistry schemas;

	/**
	 * Makes a codec.
	 * @param mapper what reads and writes JSON; the codec adapts a copy of it
	 * @param validator what checks constraints
	 * @param schemas the schemas, by which a map is checked
	 */
	public MessageCodec(JsonMapper mapper, Validator validator, SchemaRegistry schemas) {
		this.mapper = WireFormat.of(mapper);
		this.validator = validator;
		this.schemas = schemas;
	}

	/**
	 * Encodes a message (MC-06).
	 * @param mediaType the media type
	 * @param content the content: an instance of a schema class, or a map; what is no
	 * instance of the schema of the media type must fit it all the same
	 * @param opaqueData the opaque data
	 * @return the JSON text
	 * @throws InvalidMessageException if the content violates its constraints
	 * @throws IllegalArgumentException if the content is no JSON object, or has fields
	 * that belong to the envelope
	 */
	public String encode(MediaType mediaType, Object content, OpaqueData opaqueData) {
		boolean untyped = isUntyped(content.getClass());
		if (!untyped) {
			validate(content);
		}
		ObjectNode fields = fieldsOf(content);
		Class<?> schema = untyped ? this.schemas.find(mediaType) : this.schemas.findRegistered(mediaType);
		if (schema != null && !schema.isInstance(content)) {
			bind(fields, schema);
		}
		ObjectNode message = this.mapper.createObjectNode();
		message.put(WireFormat.MEDIA_TYPE, mediaType.value());
		ObjectNode opaque = message.putObject(WireFormat.OPAQUE_DATA);
		opaqueData.asMap().forEach(opaque::put);
		message.setAll(fields);
		return this.mapper.writeValueAsString(message);
	}

	/**
	 * Decodes the content of a message. Fields that the class does not know are ignored
	 * (MC-07).
	 * @param message the message, out of its envelope
	 * @param type the schema class; {@link Map} and {@link JsonNode} take any content
	 * @param <T> the type of the content
	 * @return the content, valid
	 * @throws InvalidMessageException if the content does not fit the class
	 */
	public <T> T decode(OpenedMessage message, Class<T> type) {
		return type.isInstance(message.content()) ? type.cast(message.content()) : bind(message.content(), type);
	}

	private <T> T bind(ObjectNode fields, Class<T> type) {
		T content;
		try {
			content = this.mapper.treeToValue(fields, type);
		}
		catch (JacksonException ex) {
			throw new InvalidMessageException(type, Violations.of(ex));
		}
		if (!isUntyped(type)) {
			validate(content);
		}
		return content;
	}

	private <T> void validate(T content) {
		Set<ConstraintViolation<T>> violations = this.validator.validate(content);
		if (!violations.isEmpty()) {
			throw new InvalidMessageException(content.getClass(), Violations.of(violations));
		}
	}

	private ObjectNode fieldsOf(Object content) {
		JsonNode tree;
		try {
			tree = this.mapper.valueToTree(content);
		}
		catch (JacksonException ex) {
			throw new InvalidMessageException(content.getClass(), Violations.of(ex));
		}
		if (!(tree instanceof ObjectNode fields)) {
			throw new IllegalArgumentException(content.getClass().getName() + " does not become a JSON object");
		}
		for (String reserved : List.of(WireFormat.MEDIA_TYPE, WireFormat.OPAQUE_DATA)) {
			if (fields.has(reserved)) {
				throw new IllegalArgumentException("%s has a field %s, which belongs to the envelope: rename it"
					.formatted(content.getClass().getName(), reserved));
			}
		}
		return fields;
	}

	private static boolean isUntyped(Class<?> type) {
		return Map.class.isAssignableFrom(type) || JsonNode.class.isAssignableFrom(type);
	}

}
