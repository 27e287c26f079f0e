package io.pubsub.aws.topology;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.pubsub.aws.internal.Arn;
import io.pubsub.aws.internal.FilterPolicy;
import io.pubsub.aws.internal.Shell;
import io.pubsub.aws.topology.Topology.Queue;
import io.pubsub.aws.topology.Topology.Subscription;
import io.pubsub.aws.topology.Topology.Topic;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a {@link Topology} as a template of CloudFormation, in JSON. Account, region and
 * partition are those of the stack.
 *
 * @param topology the topology
 * @since 0.1.0
 */
public record CloudFormationExport(Topology topology) {

	private static final JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private static final int TITLE = 1024;

	/**
	 * The template.
	 * @return the JSON
	 */
	public String text() {
		Map<String, Object> resources = new LinkedHashMap<>();
		this.topology.queues().forEach((queue) -> resources.put(id(queue), queue(queue)));
		this.topology.topics().forEach((topic) -> resources.put(id(topic.address()), topic(topic)));
		this.topology.queues()
			.stream()
			.filter((queue) -> this.topology.subscriptionsOf(queue).findAny().isPresent())
			.forEach((queue) -> resources.put(id(queue) + "Policy", policy(queue)));
		this.topology.subscriptions()
			.forEach((one) -> resources.put(id(one.queue()) + "From" + id(one.topic()), subscription(one)));
		return mapper.writeValueAsString(
				ordered("AWSTemplateFormatVersion", "2010-09-09", "Description", description(), "Resources", resources))
				+ "\n";
	}

	private String description() {
		String text = Stream
			.concat(Stream.of("What %s wants of SQS and SNS.".formatted(this.topology.service().name())),
					this.topology.remarks().stream().map((remark) -> remark + "."))
			.reduce((one, other) -> one + " " + other)
			.orElseThrow();
		return text.substring(0, Math.min(TITLE, text.length()));
	}

	private static String id(Queue queue) {
		return id(queue.address()) + "Queue";
	}

	// Letters and digits only; what stood between makes a capital.
	private static String id(Arn address) {
		StringBuilder id = new StringBuilder();
		Stream.of(address.name().split("[^A-Za-z0-9]+", -1))
			.filter((word) -> !word.isEmpty())
			.forEach((word) -> id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1)));
		return id + (address.service().equals("sns") ? "Topic" : "");
	}

	private Map<String, Object> queue(Queue queue) {
		Map<String, Object> properties = new LinkedHashMap<>(Map.of("QueueName", queue.address().name()));
		if (queue.isFifo()) {
			properties.put("FifoQueue", true);
		}
		if (queue.visibility() != null) {
			properties.put("VisibilityTimeout", queue.visibility());
		}
		if (queue.isForLetters()) {
			properties.put("MessageRetentionPeriod", Integer.valueOf(Shell.LONGEST_RETENTION));
		}
		else {
			properties.put("RedrivePolicy", ordered("deadLetterTargetArn",
					arnOf(Objects.requireNonNull(queue.letters())), "maxReceiveCount", queue.maxReceiveCount()));
		}
		return resource("AWS::SQS::Queue", properties);
	}

	private Object arnOf(Arn queue) {
		return Map.of("Fn::GetAtt", List.of(id(queue) + "Queue", "Arn"));
	}

	private static Map<String, Object> topic(Topic topic) {
		Map<String, Object> properties = new LinkedHashMap<>(Map.of("TopicName", topic.address().name()));
		if (topic.isFifo()) {
			properties.put("FifoTopic", true);
		}
		if (topic.maximumMessageSize() != null) {
			properties.put("MaximumMessageSize", topic.maximumMessageSize());
		}
		return resource("AWS::SNS::Topic", properties);
	}

	private Map<String, Object> policy(Queue queue) {
		List<Map<String, Object>> statements = this.topology.subscriptionsOf(queue)
			.map((one) -> ordered("Effect", "Allow", "Principal", Map.of("Service", "sns.amazonaws.com"), "Action",
					"sqs:SendMessage", "Resource", arnOf(queue.address()), "Condition",
					Map.of("ArnEquals", Map.of("aws:SourceArn", topicOf(one)))))
			.toList();
		return resource("AWS::SQS::QueuePolicy", ordered("Queues", List.of(Map.of("Ref", id(queue))), "PolicyDocument",
				ordered("Version", "2012-10-17", "Statement", statements)));
	}

	// The topics of others have an address already.
	private Object topicOf(Subscription one) {
		return this.topology.isOwn(one.topic()) ? Map.of("Ref", id(one.topic())) : one.topic().toString();
	}

	private Map<String, Object> subscription(Subscription one) {
		Map<String, Object> properties = ordered("TopicArn", topicOf(one), "Protocol", "sqs", "Endpoint",
				arnOf(one.queue().address()));
		String region = one.topic().region();
		if (region != null && !region.equals(one.queue().address().region())) {
			properties.put("Region", region);
		}
		if (one.raw()) {
			properties.put("RawMessageDelivery", true);
		}
		FilterPolicy filter = one.filter();
		if (filter != null) {
			properties.put("FilterPolicy", Map.of(filter.key(), filter.rules()));
		}
		return resource("AWS::SNS::Subscription", properties);
	}

	private static Map<String, Object> resource(String type, Map<String, Object> properties) {
		return ordered("Type", type, "Properties", properties);
	}

	private static Map<String, Object> ordered(Object... entries) {
		Map<String, Object> ordered = new LinkedHashMap<>();
		for (int i = 0; i < entries.length; i += 2) {
			ordered.put(String.valueOf(entries[i]), entries[i + 1]);
		}
		return ordered;
	}

}
