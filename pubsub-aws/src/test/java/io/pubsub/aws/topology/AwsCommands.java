package io.pubsub.aws.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a script of the AWS command line with the SDK: it understands what is exported,
 * and nothing else.
 *
 * @param sqs the client of SQS
 * @param sns the client of SNS
 */
record AwsCommands(SqsAsyncClient sqs, SnsAsyncClient sns) {

	private static final Pattern WORD = Pattern.compile("(?:'(?<quoted>[^']*)'|(?<plain>[^ ']+))(?: |$)");

	private static final JsonMapper mapper = JsonMapper.builder().build();

	void run(String script) {
		script.lines().filter((line) -> !line.startsWith("#") && !line.startsWith("set ")).forEach(this::command);
	}

	private void command(String line) {
		List<String> words = WORD.matcher(line).results().map(AwsCommands::word).toList();
		if (!words.get(0).equals("aws")) {
			throw new IllegalArgumentException("no command of aws: " + line);
		}
		Map<String, String> options = new HashMap<>();
		for (int i = 3; i < words.size(); i += 2) {
			options.put(words.get(i), words.get(i + 1));
		}
		run(words.get(1) + " " + words.get(2), options);
	}

	private static String word(MatchResult match) {
		return (match.group(1) != null) ? match.group(1) : match.group(2);
	}

	private void run(String command, Map<String, String> options) {
		switch (command) {
			case "sqs create-queue" -> this.sqs.createQueue((request) -> request.queueName(options.get("--queue-name"))
				.attributesWithStrings(attributes(options))).join();
			case "sqs set-queue-attributes" ->
				this.sqs.setQueueAttributes((request) -> request.queueUrl(options.get("--queue-url"))
					.attributesWithStrings(attributes(options))).join();
			case "sns create-topic" ->
				this.sns.createTopic((request) -> request.name(options.get("--name")).attributes(attributes(options)))
					.join();
			case "sns set-topic-attributes" ->
				this.sns.setTopicAttributes((request) -> request.topicArn(options.get("--topic-arn"))
					.attributeName(options.get("--attribute-name"))
					.attributeValue(options.get("--attribute-value"))).join();
			case "sns subscribe" -> this.sns.subscribe((request) -> request.topicArn(options.get("--topic-arn"))
				.protocol(options.get("--protocol"))
				.endpoint(options.get("--notification-endpoint"))
				.attributes(attributes(options))).join();
			default -> throw new IllegalArgumentException("unknown command: " + command);
		}
	}

	private static Map<String, String> attributes(Map<String, String> options) {
		String given = options.getOrDefault("--attributes", "{}");
		if (given.startsWith("{")) {
			return mapper.readValue(given, new TypeReference<>() {
			});
		}
		List<String> pair = new ArrayList<>(List.of(given.split("=", 2)));
		return Map.of(pair.get(0), pair.get(1));
	}

}
