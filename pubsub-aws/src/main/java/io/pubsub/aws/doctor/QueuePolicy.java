package io.pubsub.aws.doctor;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The policy of a queue, as far as it lets topics send.
 *
 * @param document the policy, as JSON
 */
record QueuePolicy(ObjectNode document) {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private static final Pattern TOPIC = Pattern.compile("arn:[a-z-]+:sns:[a-z0-9-]+:\\d+:[A-Za-z0-9_.-]+");

	static QueuePolicy parse(@Nullable String json) {
		try {
			JsonNode document = mapper.readTree((json != null && !json.isBlank()) ? json : "{}");
			return new QueuePolicy((document instanceof ObjectNode object) ? object : mapper.createObjectNode());
		}
		catch (JacksonException ex) {
			return new QueuePolicy(mapper.createObjectNode());
		}
	}

	boolean isEmpty() {
		return this.document.isEmpty();
	}

	/**
	 * The topics that it names, without those with a wildcard.
	 * @return their ARNs
	 */
	Set<String> topics() {
		Set<String> topics = new TreeSet<>();
		statements().flatMap(QueuePolicy::sources).filter((arn) -> TOPIC.matcher(arn).matches()).forEach(topics::add);
		return topics;
	}

	boolean lets(String topicArn) {
		return statements().anyMatch((statement) -> lets(statement, topicArn));
	}

	private static boolean lets(JsonNode statement, String topicArn) {
		boolean action = values(statement.path("Action")).map((name) -> name.toLowerCase(Locale.ROOT))
			.anyMatch((name) -> name.equals("*") || name.equals("sqs:*") || name.equals("sqs:sendmessage"));
		JsonNode principal = statement.path("Principal");
		boolean everybody = principal.isString() ? principal.asString("").equals("*")
				: Stream.concat(values(principal.path("Service")), values(principal.path("AWS")))
					.anyMatch((name) -> name.equals("*") || name.equals("sns.amazonaws.com"));
		return statement.path("Effect").asString("").equals("Allow") && action && everybody
				&& (sources(statement).findAny().isEmpty()
						|| sources(statement).anyMatch((pattern) -> matches(pattern, topicArn)));
	}

	private static boolean matches(String pattern, String arn) {
		return arn.matches(("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
	}

	private Stream<JsonNode> statements() {
		JsonNode statements = this.document.path("Statement");
		return statements.isArray() ? statements.valueStream() : Stream.of(statements);
	}

	private static Stream<String> sources(JsonNode statement) {
		return statement.path("Condition")
			.valueStream()
			.flatMap((operator) -> operator.propertyStream())
			.filter((condition) -> condition.getKey().equalsIgnoreCase("aws:SourceArn"))
			.flatMap((condition) -> values(condition.getValue()));
	}

	private static Stream<String> values(JsonNode node) {
		return node.isArray() ? node.valueStream().map((value) -> value.asString(""))
				: Stream.of(node.asString("")).filter((value) -> !value.isEmpty());
	}

	/**
	 * The policy with a statement more, which lets a topic send.
	 * @param topicArn the ARN of the topic
	 * @param queueArn the ARN of the queue
	 * @return the policy, as JSON
	 */
	String letting(String topicArn, String queueArn) {
		ObjectNode changed = this.document.deepCopy();
		if (!changed.has("Version")) {
			changed.put("Version", "2012-10-17");
		}
		ArrayNode statements = mapper.createArrayNode();
		statements().filter((statement) -> !statement.isMissingNode()).forEach(statements::add);
		ObjectNode statement = statements.addObject();
		statement.put("Effect", "Allow").put("Action", "sqs:SendMessage").put("Resource", queueArn);
		statement.putObject("Principal").put("Service", "sns.amazonaws.com");
		statement.putObject("Condition").putObject("ArnEquals").put("aws:SourceArn", topicArn);
		changed.set("Statement", statements);
		return mapper.writeValueAsString(changed);
	}

}
