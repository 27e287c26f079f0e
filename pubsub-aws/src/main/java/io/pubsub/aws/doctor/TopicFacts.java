package io.pubsub.aws.doctor;

import java.util.List;
import java.util.Map;

/**
 * What SNS tells of a topic.
 *
 * @param arn the ARN of the topic
 * @param attributes its attributes, under the names that SNS has for them
 * @param subscriptions its subscriptions, those of the consumed queues with their
 * attributes
 * @param listed whether all of its subscriptions could be listed
 * @since 0.1.0
 */
public record TopicFacts(String arn, Map<String, String> attributes, List<SubscriptionFacts> subscriptions,
		boolean listed) {

	// What a topic takes unless it is set to take something else.
	private static final String DEFAULT_SIZE = "262144";

	public TopicFacts {
		attributes = Map.copyOf(attributes);
		subscriptions = List.copyOf(subscriptions);
	}

	int maximumMessageSize() {
		return Integer.parseInt(this.attributes.getOrDefault("MaximumMessageSize", DEFAULT_SIZE));
	}

}
