package io.pubsub.aws.internal;

import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The conditions of a statement, all of which must hold.
 */
final class PolicyConditions {

	private static final String IF_EXISTS = "IfExists";

	private static final String NOT = "Not";

	private static final Map<String, BiPredicate<String, String>> COMPARISONS = Map.of("StringEquals", String::equals,
			"StringEqualsIgnoreCase", String::equalsIgnoreCase, "StringLike", PolicyConditions::like, "ArnEquals",
			PolicyConditions::like, "ArnLike", PolicyConditions::like, "Bool", String::equalsIgnoreCase);

	private PolicyConditions() {
	}

	static Answer hold(JsonNode conditions, ServiceCall call) {
		return conditions.propertyStream()
			.flatMap((operator) -> operator.getValue()
				.propertyStream()
				.map((key) -> holds(operator.getKey(), key.getKey(), PolicyStatement.texts(key.getValue()).toList(),
						call)))
			.reduce(Answer.YES, Answer::and);
	}

	private static Answer holds(String operator, String key, List<String> expected, ServiceCall call) {
		String value = call.value(key);
		if (value == null && !call.isAbsent(key)) {
			return Answer.UNKNOWN;
		}
		String name = operator.replaceFirst("^For(AnyValue|AllValues):", "");
		if (name.equals("Null")) {
			return Answer.of(expected.contains(String.valueOf(value == null)));
		}
		boolean optional = name.endsWith(IF_EXISTS);
		String plain = optional ? name.substring(0, name.length() - IF_EXISTS.length()) : name;
		BiPredicate<String, String> comparison = COMPARISONS.get(plain.replaceFirst(NOT, ""));
		return (comparison != null) ? Answer.of(holds(comparison, plain.contains(NOT), optional, expected, value))
				: Answer.UNKNOWN;
	}

	private static boolean holds(BiPredicate<String, String> comparison, boolean negated, boolean optional,
			List<String> expected, @Nullable String value) {
		if (value == null) {
			return negated || optional;
		}
		return negated != expected.stream().anyMatch((pattern) -> comparison.test(pattern, value));
	}

	static boolean like(String pattern, String value) {
		return value.matches(("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
	}

}
