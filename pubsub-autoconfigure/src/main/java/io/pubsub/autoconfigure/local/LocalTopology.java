package io.pubsub.autoconfigure.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

/**
 * The queue and the topics that the embedded broker has, under the names that they have
 * in AWS.
 *
 * @param queue the name of the queue
 * @param consumed whether the queue is what the application consumes
 * @param pipelineQueues the names of the queues that pipelines consume, by the property
 * that configures them
 * @param deadLetterQueue the name of the queue for what can never be handled
 * @param defaultTopic the name of the topic for all media types without one of their own
 * @param topics the names of all other topics, by the property that configures them
 */
record LocalTopology(String queue, boolean consumed, Map<String, String> pipelineQueues, String deadLetterQueue,
		String defaultTopic, Map<String, String> topics) {

	private static final Pattern QUEUE = Pattern
		.compile("(https?://[^@]+/|arn:[a-z-]+:sqs:[a-z0-9-]*:\\d*:)?(?<name>[A-Za-z0-9_-]{1,75}(\\.fifo)?|"
				+ "[A-Za-z0-9_-]{76,80})/*");

	private static final Pattern PASSWORD = Pattern.compile("//[^/]*@");

	private static final String TOPIC_ARN_PREFIX = "arn:aws:sns:us-east-1:000000000000:";

	private static final String DEFAULT_NAME = "pubsub";

	private static final String PIPELINES = "pubsub.pipelines.";

	private static final String SOURCE = ".source";

	private static final String TOPICS = "pubsub.producer.topics.";

	static LocalTopology of(PubSubProperties properties) {
		Map<String, String> sources = new LinkedHashMap<>();
		properties.pipelines().forEach((name, pipeline) -> {
			if (pipeline.source() != null && !InputAddress.isInput(pipeline.source())) {
				String property = PIPELINES + name + SOURCE;
				sources.put(property, queue(property, pipeline.source()));
			}
		});
		boolean input = InputAddress.isInput(properties.source());
		String queue = input ? DEFAULT_NAME : queue("pubsub.source", properties.source());
		String deadLetterQueue = name(properties.deadLetter().destination(), deadLetterQueue(queue));
		refuseCircle(queue, deadLetterQueue);
		PubSubProperties.Topics configured = properties.producer().topics();
		Map<String, String> topics = new LinkedHashMap<>();
		add(topics, "mappings", configured.mappings());
		add(topics, "created", configured.created());
		add(topics, "changed", configured.changed());
		add(topics, "deleted", configured.deleted());
		return new LocalTopology(queue, !input, sources, deadLetterQueue, name(configured.defaultTopic(), DEFAULT_NAME),
				topics);
	}

	private static String queue(String property, @Nullable String source) {
		if (source == null || source.isBlank()) {
			return DEFAULT_NAME;
		}
		Matcher queue = QUEUE.matcher(source);
		if (!queue.matches()) {
			throw new LocalBrokerUnusableException(
					"%s must be the URL, the ARN or the name of a queue, not \"%s\"".formatted(property,
							LogText.of(PASSWORD.matcher(source).replaceAll("//...@"))),
					"Correct " + property
							+ ". The name of a queue has 1 to 80 letters, digits, hyphens and underscores.");
		}
		return queue.group("name");
	}

	private static void refuseCircle(String queue, String deadLetterQueue) {
		if (queue.equals(deadLetterQueue)) {
			throw new LocalBrokerUnusableException(
					"pubsub.dead-letter.destination is the queue %s, which is pubsub.source: each dead letter would come back"
						.formatted(queue),
					"Name another queue, or remove pubsub.dead-letter.destination.");
		}
	}

	private static void add(Map<String, String> topics, String map, Map<String, String> addresses) {
		addresses.forEach((key, address) -> topics.put(TOPICS + map + "[" + key + "]", name(address, DEFAULT_NAME)));
	}

	private static String deadLetterQueue(String queue) {
		return queue.replaceFirst("(\\.fifo)?$", "-dead-letters$1");
	}

	// The last part of a URL or an ARN is the name.
	private static String name(@Nullable String address, String defaultName) {
		if (address == null || address.isBlank()) {
			return defaultName;
		}
		String trimmed = address.replaceAll("/+$", "");
		int end = Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf(':'));
		return trimmed.substring(end + 1);
	}

	/**
	 * The names of all topics.
	 * @return each name once
	 */
	Set<String> topicNames() {
		Set<String> names = new TreeSet<>(this.topics.values());
		names.add(this.defaultTopic);
		return names;
	}

	/**
	 * The names of the queues that the application consumes, or may consume.
	 * @return each name once
	 */
	Set<String> queueNames() {
		Set<String> names = new TreeSet<>(this.pipelineQueues.values());
		names.add(this.queue);
		return names;
	}

	String defaultTopicArn() {
		return TOPIC_ARN_PREFIX + this.defaultTopic;
	}

	/**
	 * The properties that lead to the embedded broker, whatever else is configured.
	 * @return values by property name
	 */
	Map<String, Object> overrides() {
		Map<String, Object> overrides = new LinkedHashMap<>();
		if (this.consumed) {
			overrides.put("pubsub.source", this.queue);
		}
		overrides.putAll(this.pipelineQueues);
		overrides.put("pubsub.dead-letter.destination", this.deadLetterQueue);
		overrides.put(TOPICS + "default", defaultTopicArn());
		this.topics.forEach((property, name) -> overrides.put(property, TOPIC_ARN_PREFIX + name));
		overrides.put("spring.cloud.aws.region.static", "us-east-1");
		overrides.put("spring.cloud.aws.credentials.instance-profile", "false");
		overrides.put("spring.cloud.aws.credentials.access-key", "local");
		overrides.put("spring.cloud.aws.credentials.secret-key", "local");
		return overrides;
	}

}
