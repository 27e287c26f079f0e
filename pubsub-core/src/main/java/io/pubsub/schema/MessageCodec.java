package io.pubsub.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.pubsub.MediaType;
import io.pubsub.OpaqueData;
import io.pubsub.schema.InvalidMessageException.Violation;
import io.pubsub.transport.WireCharacters;
import jakarta.validation.ConstraintDeclarationException;
import jakarta.validation.ConstraintDefinitionException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns content into the text of a message and back, and lets nothing pass that its
 * schema forbids.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class MessageCodec {

	private final JsonMapper mapper;

	private final ObjectReader reader;

	private final ObjectReader strictReader;

	private final Validator validator;

	private final SchemaRegistry schemas;

	private final SchemaCheck check;

	/**
	 * Makes a codec.
	 * @param mapper the JSON mapper, of which the codec adapts a copy
	 * @param validator the validator of constraints
	 * @param schemas the schemas, which the codec checks, now and when more are
	 * registered
	 * @throws InvalidSchemaException if one of the schemas cannot be written and read
	 */
	public MessageCodec(JsonMapper mapper, Validator validator, SchemaRegistry schemas) {
		this.mapper = WireFormat.of(mapper);
		this.validator = validator;
		this.schemas = schemas;
		this.reader = this.mapper.reader();
		this.strictReader = this.reader.with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
		this.check = new SchemaCheck(this.mapper, validator);
		schemas.checkBy(this.check);
	}

	/**
	 * Encodes a message. What is sent is what was validated: content that is no instance
	 * of the schema of its media type is read as one first, and that is written.
	 * @param mediaType the media type
	 * @param content the content: an instance of a schema class, or a map
	 * @param opaqueData the opaque data
	 * @return the JSON text, in which characters that SNS and SQS refuse are escaped
	 * @throws InvalidMessageException if the content violates its constraints, or has
	 * fields that the schema of the media type does not know
	 * @throws InvalidSchemaException if the class of the content, or the schema, cannot
	 * be written and read
	 * @throws IllegalArgumentException if the content is no JSON object, or has fields
	 * that belong to the envelope
	 */
	public String encode(MediaType mediaType, Object content, OpaqueData opaqueData) {
		ObjectNode fields = validFieldsOf(content, mediaType);
		ObjectNode message = this.mapper.createObjectNode();
		message.put(WireFormat.MEDIA_TYPE, mediaType.value());
		ObjectNode opaque = message.putObject(WireFormat.OPAQUE_DATA);
		opaqueData.asMap().forEach(opaque::put);
		message.setAll(fields);
		return WireCharacters.escapeInJson(this.mapper.writeValueAsString(message));
	}

	private ObjectNode validFieldsOf(Object content, MediaType mediaType) {
		boolean untyped = SchemaCheck.isUntyped(content.getClass());
		if (!untyped) {
			this.check.checkWritable(content.getClass());
			validate(content);
		}
		Class<?> schema = untyped ? this.schemas.find(mediaType) : this.schemas.findRegistered(mediaType);
		if (schema != null && !schema.isInstance(content)) {
			return fieldsOf(bind(fieldsOf(content), schema, this.strictReader));
		}
		ObjectNode fields = fieldsOf(content);
		if (untyped) {
			removeNulls(fields);
		}
		return fields;
	}

	private static void removeNulls(JsonNode node) {
		if (node instanceof ObjectNode object) {
			object.removeIf(JsonNode::isNull);
		}
		node.forEach(MessageCodec::removeNulls);
	}

	/**
	 * Decodes the content of a message. Fields that the class does not know are ignored.
	 * @param message the message, out of its envelope
	 * @param type the schema class; {@link Map} and {@link JsonNode} take any content
	 * @param <T> the type of the content
	 * @return the content, valid
	 * @throws InvalidMessageException if the content does not fit the class
	 * @throws InvalidSchemaException if no content can be read as the class
	 */
	public <T> T decode(OpenedMessage message, Class<T> type) {
		return type.isInstance(message.content()) ? type.cast(message.content())
				: bind(message.content(), type, this.reader);
	}

	private <T> T bind(ObjectNode fields, Class<T> type, ObjectReader reader) {
		this.check.checkReadable(type);
		T content;
		try {
			content = reader.treeToValue(fields, type);
		}
		catch (InvalidDefinitionException ex) {
			throw new InvalidSchemaException(type, ex.getOriginalMessage());
		}
		catch (RuntimeException | StackOverflowError ex) {
			throw new InvalidMessageException(type, Violations.of(ex, this.mapper));
		}
		if (!SchemaCheck.isUntyped(type)) {
			validate(content);
		}
		return content;
	}

	private <T> void validate(T content) {
		Set<ConstraintViolation<T>> violations;
		try {
			violations = this.validator.validate(content);
		}
		catch (ConstraintDeclarationException | ConstraintDefinitionException ex) {
			throw new InvalidSchemaException(content.getClass(), String.valueOf(ex.getMessage()));
		}
		if (!violations.isEmpty()) {
			throw new InvalidMessageException(content.getClass(), Violations.of(violations));
		}
	}

	private ObjectNode fieldsOf(Object content) {
		String type = content.getClass().getName();
		if (!(treeOf(content) instanceof ObjectNode fields)) {
			throw new IllegalArgumentException(type + " does not become a JSON object");
		}
		for (String reserved : List.of(WireFormat.MEDIA_TYPE, WireFormat.OPAQUE_DATA)) {
			if (fields.has(reserved)) {
				throw new IllegalArgumentException(
						"%s has a field %s, which belongs to the envelope: rename it".formatted(type, reserved));
			}
		}
		if (hasNoNumber(fields)) {
			throw new InvalidMessageException(content.getClass(),
					List.of(new Violation("", "has a number that JSON lacks: NaN or an infinite one")));
		}
		return fields;
	}

	private JsonNode treeOf(Object content) {
		try {
			return this.mapper.valueToTree(content);
		}
		catch (InvalidDefinitionException ex) {
			throw new InvalidSchemaException(content.getClass(), ex.getOriginalMessage());
		}
		catch (JacksonException ex) {
			throw new InvalidMessageException(content.getClass(), Violations.of(ex, this.mapper));
		}
		catch (StackOverflowError ex) {
			throw new IllegalArgumentException(
					content.getClass().getName() + " contains itself, or is nested too deeply");
		}
	}

	private static boolean hasNoNumber(JsonNode node) {
		return (node instanceof NumericNode number && number.isNaN())
				|| node.valueStream().anyMatch(MessageCodec::hasNoNumber);
	}

}
