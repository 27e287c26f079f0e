package io.pubsub.local.internal.sns;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import software.amazon.awssdk.core.SdkBytes;

/**
 * Reads the message attributes of a request, and refuses those that SNS refuses.
 */
final class MessageAttributeReader {

	private static final int LONGEST_NAME = 256;

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

	private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..+)?");

	private static final Pattern FORBIDDEN = Pattern.compile("[^A-Za-z0-9_.-]");

	private MessageAttributeReader() {
	}

	static Map<String, MessageAttribute> read(Parameters message) {
		Map<String, MessageAttribute> attributes = new LinkedHashMap<>();
		for (Parameters entry : message.groups("MessageAttributes.entry")) {
			String name = entry.require("Name");
			checkName(name);
			attributes.put(name, readValue(name, entry));
		}
		return attributes;
	}

	private static void checkName(String name) {
		if (name.length() > LONGEST_NAME) {
			throw SnsException.parameterValueInvalid("Length of message attribute name must be less than 256 bytes.");
		}
		if (!NAME.matcher(name).matches()) {
			throw SnsException.parameterValueInvalid(faultOf(name));
		}
	}

	private static String faultOf(String name) {
		if (name.startsWith(".")) {
			return "Invalid message attribute name starting with character '.' was found.";
		}
		if (name.endsWith(".")) {
			return "Invalid message attribute name ending with character '.' was found.";
		}
		return FORBIDDEN.matcher(name)
			.results()
			.findFirst()
			.map((found) -> ("Invalid non-alphanumeric character '#x%X' was found in the message attribute name. "
					+ "Can only include alphanumeric characters, hyphens, underscores, or dots.")
				.formatted(found.group().codePointAt(0)))
			.orElse("Message attribute name can not have successive '.' character.");
	}

	private static MessageAttribute readValue(String name, Parameters entry) {
		String type = readType(name, entry);
		String text = entry.get("Value.StringValue");
		String base64 = entry.get("Value.BinaryValue");
		boolean binary = type.startsWith("Binary");
		String value = binary ? base64 : text;
		if (value == null && (text != null || base64 != null)) {
			throw SnsException.parameterValueInvalid("The message attribute '%s' with type '%s' must use field '%s'."
				.formatted(name, type, binary ? "Binary" : "String"));
		}
		if (value == null || value.isEmpty()) {
			throw SnsException.parameterValueInvalid(
					"The message attribute '%s' must contain non-empty message attribute value for message attribute type '%s'."
						.formatted(name, type));
		}
		return binary ? new MessageAttribute(type, null, decode(name, value))
				: new MessageAttribute(type, checkNumber(name, type, value), null);
	}

	private static String readType(String name, Parameters entry) {
		String type = entry.get("Value.DataType");
		if (type == null) {
			throw SnsException.badRequest("ValidationError",
					("1 validation error detected: Value null at 'messageAttributes.%s.member.dataType' "
							+ "failed to satisfy constraint: Member must not be null")
						.formatted(name));
		}
		if (!TYPE.matcher(type).matches()) {
			throw SnsException.parameterValueInvalid(("The message attribute '%s' has an invalid message attribute "
					+ "type, the set of supported type prefixes is Binary, Number, and String.")
				.formatted(name));
		}
		return type;
	}

	private static SdkBytes decode(String name, String base64) {
		try {
			return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(base64));
		}
		catch (IllegalArgumentException ex) {
			throw SnsException
				.parameterValueInvalid("The binary value of message attribute '%s' is not base64.".formatted(name));
		}
	}

	private static String checkNumber(String name, String type, String value) {
		if (type.startsWith("Number") && !isNumber(value)) {
			throw SnsException
				.parameterValueInvalid("Could not cast message attribute '%s' value to number.".formatted(name));
		}
		return value;
	}

	private static boolean isNumber(String value) {
		try {
			new BigDecimal(value);
			return true;
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

}
