package io.pubsub.local.internal.sns;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.local.internal.json.Json;

/**
 * The statements of the policy of a topic, which the broker keeps and does not enforce.
 * Safe for use by several threads.
 */
final class TopicPermissions {

	private static final String DEFAULT = "__default_statement_ID";

	private static final Set<String> ACTIONS = Set.of("GetTopicAttributes", "SetTopicAttributes", "AddPermission",
			"RemovePermission", "DeleteTopic", "Subscribe", "ListSubscriptionsByTopic", "Publish", "Receive");

	private final String topicArn;

	@GuardedBy("this")
	private final Map<String, ObjectNode> statements = new LinkedHashMap<>();

	TopicPermissions(String topicArn) {
		this.topicArn = topicArn;
		this.statements.put(DEFAULT, statement(DEFAULT, List.of("*"), List.of("Publish", "Subscribe")));
	}

	synchronized void add(String label, List<String> accounts, List<String> actions) {
		if (!ACTIONS.containsAll(actions)) {
			throw SnsException.invalidParameter("Policy statement action out of service scope!");
		}
		if (this.statements.containsKey(label)) {
			throw SnsException.invalidParameter("Statement already exists");
		}
		List<String> principals = accounts.stream().map("arn:aws:iam::%s:root"::formatted).toList();
		this.statements.put(label, statement(label, principals, actions));
	}

	synchronized void remove(String label) {
		this.statements.remove(label);
	}

	synchronized String policy() {
		ObjectNode policy = Json.MAPPER.createObjectNode();
		policy.put("Version", "2008-10-17").put("Id", "__default_policy_ID");
		policy.putArray("Statement").addAll(this.statements.values());
		return policy.toString();
	}

	private ObjectNode statement(String label, List<String> principals, List<String> actions) {
		ObjectNode statement = Json.MAPPER.createObjectNode();
		statement.put("Sid", label).put("Effect", "Allow");
		write(statement.putObject("Principal"), "AWS", principals);
		write(statement, "Action", actions.stream().map("SNS:"::concat).toList());
		return statement.put("Resource", this.topicArn);
	}

	private static void write(ObjectNode parent, String name, List<String> values) {
		if (values.size() == 1) {
			parent.put(name, values.get(0));
			return;
		}
		ArrayNode array = parent.putArray(name);
		values.forEach(array::add);
	}

}
