package io.pubsub.local.internal.sns;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.local.internal.json.Json;
import io.pubsub.local.internal.policy.ResourcePolicy;

/**
 * The policy of a topic, which the broker enforces for services of AWS only. Safe for use
 * by several threads.
 */
final class TopicPermissions {

	private static final String DEFAULT = "__default_statement_ID";

	private static final String STATEMENT = "Statement";

	private static final Set<String> ACTIONS = Set.of("GetTopicAttributes", "SetTopicAttributes", "AddPermission",
			"RemovePermission", "DeleteTopic", "Subscribe", "ListSubscriptionsByTopic", "Publish", "Receive");

	private final String topicArn;

	@GuardedBy("this")
	private ObjectNode policy;

	TopicPermissions(String topicArn) {
		this.topicArn = topicArn;
		this.policy = defaultPolicy(topicArn);
	}

	private static ObjectNode defaultPolicy(String topicArn) {
		ObjectNode owner = statement(topicArn, DEFAULT, List.of("*"), List.of("Publish", "Subscribe"));
		owner.putObject("Condition").putObject("StringEquals").put("AWS:SourceOwner", Arns.ACCOUNT);
		ObjectNode policy = Json.MAPPER.createObjectNode();
		policy.put("Version", "2008-10-17").put("Id", "__default_policy_ID").putArray(STATEMENT).add(owner);
		return policy;
	}

	synchronized void add(String label, List<String> accounts, List<String> actions) {
		if (!ACTIONS.containsAll(actions)) {
			throw SnsException.invalidParameter("Policy statement action out of service scope!");
		}
		ArrayNode statements = statementsWithout(label);
		if (statements.size() < this.policy.withArray(STATEMENT).size()) {
			throw SnsException.invalidParameter("Statement already exists");
		}
		List<String> principals = accounts.stream().map("arn:aws:iam::%s:root"::formatted).toList();
		this.policy.set(STATEMENT, statements.add(statement(this.topicArn, label, principals, actions)));
	}

	synchronized void remove(String label) {
		this.policy.set(STATEMENT, statementsWithout(label));
	}

	@GuardedBy("this")
	private ArrayNode statementsWithout(String label) {
		ArrayNode statements = Json.MAPPER.createArrayNode();
		this.policy.withArray(STATEMENT).forEach((statement) -> {
			if (!statement.path("Sid").asText().equals(label)) {
				statements.add(statement);
			}
		});
		return statements;
	}

	synchronized String policy() {
		return this.policy.toString();
	}

	synchronized void policy(String json) {
		this.policy = json.isEmpty() ? defaultPolicy(this.topicArn) : ResourcePolicy.of(json).document();
	}

	private static ObjectNode statement(String topicArn, String label, List<String> principals, List<String> actions) {
		ObjectNode statement = Json.MAPPER.createObjectNode();
		statement.put("Sid", label).put("Effect", "Allow");
		write(statement.putObject("Principal"), "AWS", principals);
		write(statement, "Action", actions.stream().map("SNS:"::concat).toList());
		return statement.put("Resource", topicArn);
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
