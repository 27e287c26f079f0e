package io.pubsub.aws.doctor;

import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * The commands of the AWS command line that mend things, quoted for a POSIX shell.
 */
final class Shell {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private Shell() {
	}

	static String setQueue(QueueFacts queue, String attribute, String value) {
		return "aws sqs set-queue-attributes --queue-url %s --attributes %s".formatted(quote(queue.url()),
				quote(mapper.writeValueAsString(Map.of(attribute, value))));
	}

	static String setSubscription(SubscriptionFacts subscription, String attribute, String value) {
		return "aws sns set-subscription-attributes --subscription-arn %s --attribute-name %s --attribute-value %s"
			.formatted(quote(subscription.arn()), attribute, quote(value));
	}

	static String setTopic(String topicArn, String attribute, String value) {
		return "aws sns set-topic-attributes --topic-arn %s --attribute-name %s --attribute-value %s"
			.formatted(quote(topicArn), attribute, quote(value));
	}

	static String createQueue(String name) {
		String fifo = name.endsWith(".fifo") ? " --attributes FifoQueue=true" : "";
		return "aws sqs create-queue --queue-name %s%s".formatted(quote(name), fifo);
	}

	static String createTopic(String name) {
		String fifo = name.endsWith(".fifo") ? " --attributes FifoTopic=true" : "";
		return "aws sns create-topic --name %s%s".formatted(quote(name), fifo);
	}

	static String redrive(QueueFacts queue, String targetArn, int maxReceiveCount) {
		return setQueue(queue, "RedrivePolicy", mapper.writeValueAsString(
				Map.of("deadLetterTargetArn", targetArn, "maxReceiveCount", String.valueOf(maxReceiveCount))));
	}

	static String quote(String text) {
		return text.matches("[A-Za-z0-9_./:=@-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
	}

	static String name(String address) {
		return address.substring(Math.max(address.lastIndexOf('/'), address.lastIndexOf(':')) + 1);
	}

}
