package io.pubsub.local.internal.sns;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The bounds that SNS puts on a filter policy, beyond what the rule engine refuses.
 */
final class FilterPolicyLimits {

	private static final int MOST_KEYS = 5;

	private static final int MOST_COMBINATIONS = 150;

	private static final String OR = "$or";

	private final boolean onBody;

	private final String prefix;

	private FilterPolicyLimits(boolean onBody, String prefix) {
		this.onBody = onBody;
		this.prefix = prefix;
	}

	static void check(JsonNode policy, boolean onBody, String prefix) {
		FilterPolicyLimits limits = new FilterPolicyLimits(onBody, prefix);
		if (policy.size() > MOST_KEYS) {
			throw limits.exceeded("FilterPolicy: Filter policy can not have more than 5 keys");
		}
		if (limits.combinations(policy, 1) > MOST_COMBINATIONS) {
			throw limits.exceeded("FilterPolicy: Filter policy is too complex");
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
