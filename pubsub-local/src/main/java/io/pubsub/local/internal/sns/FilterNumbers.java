package io.pubsub.local.internal.sns;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Numbers as SNS compares them: with five digits after the decimal point.
 */
final class FilterNumbers {

	private static final int DIGITS = 5;

	private FilterNumbers() {
	}

	static JsonNode truncate(JsonNode json) {
		JsonNode truncated = json.deepCopy();
		return truncated.isContainerNode() ? truncateIn(truncated) : truncateNumber(truncated);
	}

	private static JsonNode truncateIn(JsonNode container) {
		if (container instanceof ObjectNode object) {
			for (Map.Entry<String, JsonNode> field : object.properties()) {
				field.setValue(truncate(field.getValue()));
			}
		}
		if (container instanceof ArrayNode array) {
			for (int i = 0; i < array.size(); i++) {
				array.set(i, truncate(array.get(i)));
			}
		}
		return container;
	}

	private static JsonNode truncateNumber(JsonNode value) {
		BigDecimal number = value.decimalValue();
		return (value.isNumber() && number.scale() > DIGITS)
				? DecimalNode.valueOf(number.setScale(DIGITS, RoundingMode.DOWN)) : value;
	}

}
