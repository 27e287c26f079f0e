package io.pubsub.local.internal.policy;

import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a statement, all of which must hold.
 */
final class Conditions {

	private static final String IF_EXISTS = "IfExists";

	private static final String NOT = "Not";

	private static final Map<String, BiPredicate<String, String>> COMPARISONS = Map.of("StringEquals", String::equals,
			"StringEqualsIgnoreCase", String::equalsIgnoreCase, "StringLike", Wildcards::match, "ArnEquals",
			Wildcards::matchArn, "ArnLike", Wildcards::matchArn, "Bool", String::equalsIgnoreCase);

	private Conditions() {
	}

	static boolean hold(JsonNode conditions, ServiceCall call) {
		return conditions.properties()
			.stream()
			.allMatch((operator) -> operator.getValue()
				.properties()
				.stream()
				.allMatch(
						(key) -> holds(operator.getKey(), call.value(key.getKey()), Statement.texts(key.getValue()))));
	}

	private static boolean holds(String operator, @Nullable String value, List<String> expected) {
		boolean optional = operator.endsWith(IF_EXISTS);
		String name = optional ? operator.substring(0, operator.length() - IF_EXISTS.length()) : operator;
		BiPredicate<String, String> comparison = COMPARISONS.get(name.replaceFirst(NOT, ""));
		if (comparison == null) {
			throw new UnknownElementException("condition operator " + operator);
		}
		boolean negated = name.contains(NOT);
		if (value == null) {
			return negated || optional;
		}
		return negated != expected.stream().anyMatch((text) -> comparison.test(text, value));
	}

}
