package io.pubsub.aws.topology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.pubsub.aws.internal.Arn;
import io.pubsub.aws.topology.Topology.Queue;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what a service has to be allowed, as a policy of IAM: what it does with its
 * queues and topics, and nothing else. What is not known of an address is a wildcard.
 *
 * @param topology the topology
 * @param withDoctor whether the doctor is allowed to look
 * @since 0.1.0
 */
public record IamExport(Topology topology, boolean withDoctor) {

	private static final JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	/**
	 * The policy.
	 * @return the JSON
	 */
	public String text() {
		List<Map<String, Object>> statements = new ArrayList<>();
		add(statements, "Consume", consumed().toList(), "sqs:ReceiveMessage", "sqs:DeleteMessage",
				"sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes");
		add(statements, "Find", named().toList(), "sqs:GetQueueUrl");
		add(statements, "Send", sent().toList(), "sqs:SendMessage");
		add(statements, "Publish", published().toList(), "sns:Publish");
		if (this.withDoctor) {
			add(statements, "LookAtQueues", queues().toList(), "sqs:GetQueueUrl", "sqs:GetQueueAttributes");
			add(statements, "LookAtTopics", looked().toList(), "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic",
					"sns:GetSubscriptionAttributes");
		}
		Map<String, Object> policy = new LinkedHashMap<>(Map.of("Version", "2012-10-17"));
		policy.put("Statement", statements);
		return mapper.writeValueAsString(policy) + "\n";
	}

	private static void add(List<Map<String, Object>> statements, String sid, List<String> resources,
			String... actions) {
		if (!resources.isEmpty()) {
			Map<String, Object> statement = new LinkedHashMap<>();
			statement.put("Sid", sid);
			statement.put("Effect", "Allow");
			statement.put("Action", List.of(actions));
			statement.put("Resource", resources);
			statements.add(statement);
		}
	}

	private Stream<String> consumed() {
		return this.topology.service()
			.consumptions()
			.stream()
			.map((consumption) -> arn(consumption.queue()))
			.distinct()
			.sorted();
	}

	private String arn(String address) {
		return this.topology.queue(address).map(Queue::address).orElseGet(() -> Arn.of(address)).toString();
	}

	// A URL needs no other look.
	private Stream<String> named() {
		return Stream.concat(this.topology.service().consumptions().stream().map(Consumption::queue), destinations())
			.filter((address) -> !address.startsWith("http"))
			.map(this::arn)
			.distinct()
			.sorted();
	}

	private Stream<String> destinations() {
		return this.topology.service()
			.consumptions()
			.stream()
			.map(Consumption::deadLetters)
			.filter(Objects::nonNull)
			.filter((address) -> !ServiceFacts.isTopic(address));
	}

	private Stream<String> sent() {
		Stream<String> published = this.topology.service()
			.published()
			.keySet()
			.stream()
			.filter((address) -> address.startsWith("arn:") && Arn.of(address).service().equals("sqs"));
		return Stream.concat(destinations(), published).map(this::arn).distinct().sorted();
	}

	private Stream<String> published() {
		Stream<String> letters = this.topology.service()
			.consumptions()
			.stream()
			.map(Consumption::deadLetters)
			.filter(Objects::nonNull);
		return Stream.concat(this.topology.service().published().keySet().stream(), letters)
			.filter(ServiceFacts::isTopic)
			.distinct()
			.sorted();
	}

	private Stream<String> queues() {
		return this.topology.queues().stream().map((queue) -> queue.address().toString()).sorted();
	}

	// The policies of subscriptions go by the topic.
	private Stream<String> looked() {
		return Stream.concat(published(), this.topology.subscriptions().stream().map((one) -> one.topic().toString()))
			.distinct()
			.flatMap((topic) -> Stream.of(topic, topic + ":*"))
			.sorted();
	}

}
