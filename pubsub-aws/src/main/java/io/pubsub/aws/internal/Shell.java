package io.pubsub.aws.internal;

import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The commands of the AWS command line, quoted for a POSIX shell, for the place that is
 * asked.
 *
 * @param region the region; {@code null} leaves it to whoever runs the command
 * @param sqsEndpoint the address of SQS, if it is not that of AWS
 * @param snsEndpoint the address of SNS, if it is not that of AWS
 */
public record Shell(@Nullable String region, @Nullable String sqsEndpoint, @Nullable String snsEndpoint) {

	/** The longest time for which a queue keeps messages, in seconds. */
	public static final String LONGEST_RETENTION = "1209600";

	private static final String RETENTION = "MessageRetentionPeriod";

	private static final JsonMapper mapper = JsonMapper.builder().build();

	/**
	 * A command of SQS.
	 * @param command the name of the command and its arguments
	 * @return the command
	 */
	public String sqs(String command) {
		return aws("sqs " + command, this.sqsEndpoint);
	}

	/**
	 * A command of SNS.
	 * @param command the name of the command and its arguments
	 * @return the command
	 */
	public String sns(String command) {
		return aws("sns " + command, this.snsEndpoint);
	}

	/**
	 * A command of a service that has no endpoint of its own here.
	 * @param command the service, the name of the command and its arguments
	 * @return the command
	 */
	public String aws(String command) {
		return aws(command, null);
	}

	private String aws(String command, @Nullable String endpoint) {
		return "aws " + command + ((this.region != null) ? " --region " + this.region : "")
				+ ((endpoint != null) ? " --endpoint-url " + quote(endpoint) : "");
	}

	public String setQueue(String url, Map<String, String> attributes) {
		return sqs("set-queue-attributes --queue-url %s --attributes %s".formatted(quote(url), json(attributes)));
	}

	public String createQueue(String name) {
		return sqs("create-queue --queue-name %s%s".formatted(quote(name),
				name.endsWith(".fifo") ? " --attributes FifoQueue=true" : ""));
	}

	/**
	 * The command for a queue of dead letters, which are kept for as long as SQS can.
	 * @param name its name
	 * @return the command
	 */
	public String createLetters(String name) {
		Map<String, String> attributes = new TreeMap<>(Map.of(RETENTION, LONGEST_RETENTION));
		if (name.endsWith(".fifo")) {
			attributes.put("FifoQueue", "true");
		}
		return sqs("create-queue --queue-name %s --attributes %s".formatted(quote(name), json(attributes)));
	}

	public String keepLong(String url) {
		return setQueue(url, Map.of(RETENTION, LONGEST_RETENTION));
	}

	/**
	 * The command for a redrive policy.
	 * @param url the URL of the queue
	 * @param targetArn the ARN of the queue for dead letters
	 * @param maxReceiveCount the number of receives after which a message goes there
	 * @return the command
	 */
	public String redrive(String url, String targetArn, int maxReceiveCount) {
		return setQueue(url, Map.of("RedrivePolicy", redrivePolicy(targetArn, maxReceiveCount)));
	}

	public static String redrivePolicy(String targetArn, int maxReceiveCount) {
		return mapper.writeValueAsString(new TreeMap<>(
				Map.of("deadLetterTargetArn", targetArn, "maxReceiveCount", String.valueOf(maxReceiveCount))));
	}

	public String createTopic(String name) {
		return sns("create-topic --name %s%s".formatted(quote(name),
				name.endsWith(".fifo") ? " --attributes FifoTopic=true" : ""));
	}

	public String setTopic(String topicArn, String attribute, String value) {
		return sns("set-topic-attributes --topic-arn %s --attribute-name %s --attribute-value %s"
			.formatted(quote(topicArn), attribute, quote(value)));
	}

	public String subscribe(String topicArn, String queueArn) {
		return sns("subscribe --topic-arn %s --protocol sqs --notification-endpoint %s".formatted(quote(topicArn),
				quote(queueArn)));
	}

	/**
	 * The command for a subscription with attributes.
	 * @param topicArn the ARN of the topic
	 * @param queueArn the ARN of the queue
	 * @param attributes the attributes of the subscription
	 * @return the command
	 */
	public String subscribe(String topicArn, String queueArn, Map<String, String> attributes) {
		return sns("subscribe --topic-arn %s --protocol sqs --notification-endpoint %s --attributes %s"
			.formatted(quote(topicArn), quote(queueArn), json(attributes)));
	}

	public String setSubscription(String arn, String attribute, String value) {
		return sns("set-subscription-attributes --subscription-arn %s --attribute-name %s --attribute-value %s"
			.formatted(quote(arn), attribute, quote(value)));
	}

	private static String json(Map<String, String> attributes) {
		return quote(mapper.writeValueAsString(new TreeMap<>(attributes)));
	}

	/**
	 * A text as a single word of a command.
	 * @param text the text
	 * @return the word
	 */
	public static String quote(String text) {
		return text.matches("[A-Za-z0-9_./:=@-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
	}

}
