package io.pubsub.local.internal.sns;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The bounds that SNS puts on a filter policy, beyond what the rule engine refuses.
 */
final class FilterPolicyLimits {

	private static final int MOST_KEYS = 5;

	private static final int MOST_COMBINATIONS = 150;

	private static final int MOST_WILDCARDS = 3;

	private static final String OR = "$or";

	private static final String WILDCARD = "wildcard";

	private final boolean onBody;

	private final String prefix;

	private FilterPolicyLimits(boolean onBody, String prefix) {
		this.onBody = onBody;
		this.prefix = prefix;
	}

	static void check(JsonNode policy, boolean onBody, String prefix) {
		FilterPolicyLimits limits = new FilterPolicyLimits(onBody, prefix);
		if (limits.keys(policy) > MOST_KEYS) {
			throw limits.exceeded("FilterPolicy: Filter policy can not have more than 5 keys");
		}
		limits.checkWildcards(policy);
		if (limits.combinations(policy, 1) > MOST_COMBINATIONS) {
			throw limits.exceeded("FilterPolicy: Filter policy is too complex");
		}
	}

	// A key that has keys of its own does not count.
	private int keys(JsonNode policy) {
		int keys = 0;
		for (Map.Entry<String, JsonNode> field : policy.properties()) {
			keys += (OR.equals(field.getKey()) || field.getValue().isObject()) ? nestedKeys(field.getValue()) : 1;
		}
		return keys;
	}

	private int nestedKeys(JsonNode nested) {
		if (nested.isObject()) {
			return keys(nested);
		}
		int keys = 0;
		for (JsonNode alternative : nested) {
			keys += keys(alternative);
		}
		return keys;
	}

	private void checkWildcards(JsonNode policy) {
		for (JsonNode pattern : policy.findValues(WILDCARD)) {
			pattern.forEach(this::checkWildcard);
			checkWildcard(pattern);
		}
	}

	private void checkWildcard(JsonNode pattern) {
		if (pattern.asText().chars().filter((c) -> c == '*').count() > MOST_WILDCARDS) {
			throw exceeded("FilterPolicy: wildcard match pattern can not have more than 3 wildcards");
		}
	}

	// AWS multiplies, over all keys, the number of values by the depth of the key.
	private long combinations(JsonNode policy, int depth) {
		long product = 1;
		for (Map.Entry<String, JsonNode> field : policy.properties()) {
			product *= combinations(field.getKey(), field.getValue(), depth);
		}
		return product;
	}

	private long combinations(String key, JsonNode value, int depth) {
		if (OR.equals(key) && value.isArray()) {
			long sum = 0;
			for (JsonNode alternative : value) {
				sum += combinations(alternative, depth);
			}
			return sum;
		}
		if (value.isObject()) {
			if (!this.onBody) {
				throw exceeded("Filter policy scope MessageAttributes does not support nested filter policy");
			}
			return combinations(value, depth + 1);
		}
		return (long) value.size() * depth;
	}

	private SnsException exceeded(String reason) {
		return SnsException.invalidParameter(this.prefix + reason);
	}

}
