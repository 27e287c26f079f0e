package io.pubsub.aws.doctor;

import java.util.Collection;
import java.util.List;

import io.pubsub.aws.internal.ResourcePolicy;
import io.pubsub.aws.internal.ResourcePolicy.Decision;
import io.pubsub.aws.internal.ServiceCall;

/**
 * What KMS tells of a key.
 *
 * @param arn its ARN
 * @param policy its policy, as JSON
 * @since 0.1.0
 */
public record KeyFacts(String arn, String policy) {

	private static final List<String> ACTIONS = List.of("kms:Decrypt", "kms:GenerateDataKey");

	static boolean isOfAws(String id) {
		return id.endsWith("alias/aws/sqs");
	}

	/**
	 * Whether a topic may encrypt what it sends.
	 * @param topicArn the ARN of the topic
	 * @return the least of what the policy says to what that needs
	 */
	Decision decide(String topicArn) {
		List<Decision> decisions = ACTIONS.stream()
			.map((action) -> ResourcePolicy.parse(this.policy).decide(ServiceCall.keyUse(action, topicArn)))
			.toList();
		return decisions.stream()
			.filter((decision) -> decision == Decision.DENIED || decision == Decision.NOT_ALLOWED)
			.findFirst()
			.orElse(decisions.contains(Decision.UNCLEAR) ? Decision.UNCLEAR : Decision.ALLOWED);
	}

	/**
	 * The policy that lets topics encrypt what they send.
	 * @param topicArns the ARNs of the topics
	 * @return the policy, as JSON
	 */
	String letting(Collection<String> topicArns) {
		ResourcePolicy changed = ResourcePolicy.parse(this.policy);
		for (String topic : topicArns) {
			for (String action : ACTIONS) {
				changed = changed.letting(ServiceCall.keyUse(action, topic), ACTIONS.toArray(String[]::new));
			}
		}
		return changed.json();
	}

}
