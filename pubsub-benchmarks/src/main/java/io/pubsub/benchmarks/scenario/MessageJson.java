package io.pubsub.benchmarks.scenario;

import java.util.Set;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes contents as messages, and reads and validates them, for contenders that leave
 * that to the user. Safe for use by many threads.
 */
public final class MessageJson {

	private final JsonMapper json = JsonMapper.builder().build();

	private final Validator validator = Validation.buildDefaultValidatorFactory().getValidator();

	/**
	 * Write a message, in the form that this library reads; the others overlook what they
	 * do not know.
	 * @param mediaType the media type
	 * @param content the content
	 * @return the JSON
	 */
	public String write(String mediaType, Object content) {
		ObjectNode message = this.json.valueToTree(valid(content));
		message.put("mediaType", mediaType);
		message.putObject("opaqueData");
		return this.json.writeValueAsString(message);
	}

	/**
	 * Read and validate a content.
	 * @param body the JSON
	 * @param type the class of the content
	 * @param <T> the type of the content
	 * @return the content
	 * @throws ConstraintViolationException if it violates a constraint
	 */
	public <T> T read(String body, Class<T> type) {
		return valid(this.json.readValue(body, type));
	}

	private <T> T valid(T content) {
		Set<ConstraintViolation<T>> violations = this.validator.validate(content);
		if (!violations.isEmpty()) {
			throw new ConstraintViolationException(violations);
		}
		return content;
	}

}
