package io.pubsub.autoconfigure.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.pubsub.autoconfigure.PipelineProperties;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.aws.place.Fifo;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

/**
 * The queues and the topics that the embedded broker has, under the names that they have
 * in AWS.
 *
 * @param queue the name of the queue
 * @param consumed whether the queue is what the application consumes
 * @param deadLetterQueue the name of the queue for what can never be handled
 * @param redrives the names of all queues that are consumed, or may be, each with that of
 * its queue for dead letters
 * @param pipelines the names of the queues of pipelines, by the property that configures
 * them
 * @param defaultTopic the name of the topic for all media types without one of their own
 * @param topics the names of all other topics, by the property that configures them
 * @param destinations the names of queues that stand where a topic may, by the property
 * that configures them
 */
record LocalTopology(String queue, boolean consumed, String deadLetterQueue, Map<String, String> redrives,
		Map<String, String> pipelines, String defaultTopic, Map<String, String> topics,
		Map<String, String> destinations) {

	private static final Pattern QUEUE = Pattern
		.compile("(https?://[^@]+/|arn:[a-z-]+:sqs:[a-z0-9-]*:\\d*:)?(?<name>[A-Za-z0-9_-]{1,75}(\\.fifo)?|"
				+ "[A-Za-z0-9_-]{76,80})/*");

	private static final Pattern QUEUE_ADDRESS = Pattern.compile("(https?://|arn:[a-z-]+:sqs:).*");

	private static final Pattern PASSWORD = Pattern.compile("//[^/]*@");

	private static final String TOPIC_ARN_PREFIX = "arn:aws:sns:us-east-1:000000000000:";

	private static final String DEFAULT_NAME = "pubsub";

	private static final String SOURCE = "source";

	private static final String DESTINATION = "dead-letter.destination";

	private static final String TOPICS = "pubsub.producer.topics.";

	private static final String DEFAULT_TOPIC = TOPICS + "default";

	static LocalTopology of(PubSubProperties properties) {
		boolean input = properties.source() != null && !InputAddress.isQueue(properties.source());
		String queue = input ? DEFAULT_NAME : queue("pubsub.source", properties.source());
		String deadLetterQueue = name(properties.deadLetter().destination(), deadLetterQueue(queue));
		refuseCircle("pubsub.", queue, deadLetterQueue);
		Map<String, String> redrives = new TreeMap<>(Map.of(queue, deadLetterQueue));
		Map<String, String> pipelines = new LinkedHashMap<>();
		properties.pipelines()
			.forEach((name, pipeline) -> add(redrives, pipelines, prefix(name), pipeline, deadLetterQueue));
		PubSubProperties.Topics configured = properties.producer().topics();
		Map<String, String> addresses = new LinkedHashMap<>();
		add(addresses, "mappings", configured.mappings());
		add(addresses, "created", configured.created());
		add(addresses, "changed", configured.changed());
		add(addresses, "deleted", configured.deleted());
		String defaultTopic = configured.defaultTopic();
		if (isQueue(defaultTopic)) {
			addresses.put(DEFAULT_TOPIC, defaultTopic);
			defaultTopic = null;
		}
		return new LocalTopology(queue, !input, deadLetterQueue, redrives, pipelines, name(defaultTopic, DEFAULT_NAME),
				names(addresses, false), names(addresses, true));
	}

	// A dot or an underscore would make another name.
	private static String prefix(String pipeline) {
		return (pipeline.indexOf('.') < 0 && pipeline.indexOf('_') < 0) ? "pubsub.pipelines." + pipeline + "."
				: "pubsub.pipelines[" + pipeline + "].";
	}

	private static void add(Map<String, String> redrives, Map<String, String> pipelines, String prefix,
			PipelineProperties pipeline, String general) {
		PipelineProperties.DeadLetter letters = pipeline.deadLetter();
		String own = (letters != null) ? letters.destination() : null;
		String destination = name(own, general);
		if (pipeline.source() != null && InputAddress.isQueue(pipeline.source())) {
			String queue = queue(prefix + SOURCE, pipeline.source());
			refuseCircle(prefix, queue, destination);
			pipelines.put(prefix + SOURCE, queue);
			destination = ofItsKind(queue, destination);
			redrives.putIfAbsent(queue, destination);
		}
		if (own != null || !destination.equals(general)) {
			pipelines.put(prefix + DESTINATION, destination);
		}
	}

	// SQS redrives from a FIFO queue to a FIFO queue only, and from others to others.
	private static String ofItsKind(String queue, String letters) {
		return (Fifo.isAddress(queue) == Fifo.isAddress(letters)) ? letters : deadLetterQueue(queue);
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

	private static void refuseCircle(String prefix, String queue, String deadLetterQueue) {
		if (queue.equals(deadLetterQueue)) {
			String destination = prefix + DESTINATION;
			throw new LocalBrokerUnusableException("%s is the queue %s, which is %s: each dead letter would come back"
				.formatted(destination, queue, prefix + SOURCE),
					"Name another queue, or remove %s.".formatted(destination));
		}
	}

	private static void add(Map<String, String> all, String map, Map<String, String> addresses) {
		addresses.forEach((key, address) -> all.put(TOPICS + map + "[" + key + "]", address));
	}

	private static boolean isQueue(@Nullable String address) {
		return address != null && QUEUE_ADDRESS.matcher(address).matches();
	}

	private static Map<String, String> names(Map<String, String> addresses, boolean queues) {
		Map<String, String> names = new LinkedHashMap<>();
		addresses.forEach((property, address) -> {
			if (isQueue(address) == queues) {
				names.put(property, name(address, DEFAULT_NAME));
			}
		});
		return names;
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
	 * The names of the queues for what can never be handled.
	 * @return each name once
	 */
	Set<String> deadLetterQueues() {
		Set<String> names = new TreeSet<>(this.redrives.values());
		this.pipelines.forEach((property, name) -> {
			if (property.endsWith(DESTINATION)) {
				names.add(name);
			}
		});
		return names;
	}

	/**
	 * Whether the application consumes a queue of SQS.
	 * @return {@code true} if so; {@code false} if all that it consumes are inputs
	 */
	boolean consumesQueues() {
		return this.consumed || this.pipelines.keySet().stream().anyMatch((property) -> property.endsWith(SOURCE));
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
		overrides.putAll(this.pipelines);
		overrides.put("pubsub." + DESTINATION, this.deadLetterQueue);
		overrides.put(DEFAULT_TOPIC, defaultTopicArn());
		this.topics.forEach((property, name) -> overrides.put(property, TOPIC_ARN_PREFIX + name));
		overrides.putAll(this.destinations);
		overrides.put("spring.cloud.aws.region.static", "us-east-1");
		overrides.put("spring.cloud.aws.credentials.instance-profile", "false");
		overrides.put("spring.cloud.aws.credentials.access-key", "local");
		overrides.put("spring.cloud.aws.credentials.secret-key", "local");
		return overrides;
	}

}
