package io.pubsub.aws.doctor;

import java.util.Map;

/**
 * What SNS tells of a subscription.
 *
 * @param arn its ARN, or {@code PendingConfirmation}
 * @param protocol the kind of its endpoint, such as sqs
 * @param endpoint its endpoint: of a queue, the ARN
 * @param attributes its attributes, under the names that SNS has for them; empty if they
 * were not read
 * @since 0.1.0
 */
public record SubscriptionFacts(String arn, String protocol, String endpoint, Map<String, String> attributes) {

	public SubscriptionFacts {
		attributes = Map.copyOf(attributes);
	}

	boolean isPending() {
		return !this.arn.startsWith("arn:") || "true".equals(this.attributes.get("PendingConfirmation"));
	}

	boolean isRaw() {
		return "true".equals(this.attributes.get("RawMessageDelivery"));
	}

}
