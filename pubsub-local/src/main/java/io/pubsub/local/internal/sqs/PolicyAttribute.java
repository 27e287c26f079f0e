package io.pubsub.local.internal.sqs;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pubsub.local.internal.policy.ResourcePolicy;
import org.jspecify.annotations.Nullable;

/**
 * The attribute of a queue that ElasticMQ ignores, in a request and its answer.
 */
final class PolicyAttribute {

	static final Set<String> ACTIONS = Set.of("CreateQueue", "DeleteQueue", "GetQueueAttributes", "SetQueueAttributes");

	private static final String NAME = "Policy";

	private static final String ATTRIBUTES = "Attributes";

	private final String action;

	private final JsonNode request;

	private final QueuePolicies policies;

	PolicyAttribute(String action, JsonNode request, QueuePolicies policies) {
		this.action = action;
		this.request = request;
		this.policies = policies;
	}

	/**
	 * Return why SQS refuses the policy.
	 * @return the error, or {@code null} if there is none in the request, or a good one
	 */
	@Nullable SqsError refusal() {
		String policy = this.request.path(ATTRIBUTES).path(NAME).asText();
		return (policy.isEmpty() || ResourcePolicy.isPolicy(policy)) ? null
				: new SqsError("InvalidAttributeValue", "Invalid value for the parameter %s.".formatted(NAME));
	}

	/**
	 * Return whether the answer to the request depends on the policy, or changes it.
	 * @return whether it does
	 */
	boolean isConcerned() {
		return ACTIONS.contains(this.action);
	}

	/**
	 * Keep or tell the policy when the request has succeeded.
	 * @param body the answer of ElasticMQ
	 * @return the answer of SQS
	 */
	String answer(String body) {
		switch (this.action) {
			case "CreateQueue" -> keep(this.request.path("QueueName").asText());
			case "SetQueueAttributes" -> keep(queue());
			case "DeleteQueue" -> this.policies.remove(queue());
			default -> {
				return told(body);
			}
		}
		return body;
	}

	private String queue() {
		String url = this.request.path("QueueUrl").asText().replaceAll("/+$", "");
		return url.substring(url.lastIndexOf('/') + 1);
	}

	private void keep(String queue) {
		JsonNode policy = this.request.path(ATTRIBUTES).path(NAME);
		if (!policy.isMissingNode()) {
			this.policies.set(queue, policy.asText());
		}
	}

	private String told(String body) {
		String policy = this.policies.get(queue());
		if (policy == null || !isWanted()) {
			return body;
		}
		ObjectNode answer = SqsExchange.parse(body).deepCopy();
		answer.withObjectProperty(ATTRIBUTES).put(NAME, policy);
		return answer.toString();
	}

	private boolean isWanted() {
		for (JsonNode name : this.request.path("AttributeNames")) {
			if (name.asText().equals(NAME) || name.asText().equals("All")) {
				return true;
			}
		}
		return false;
	}

}
