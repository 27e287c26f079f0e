package io.pubsub.local.internal.sns;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.pubsub.local.internal.policy.ResourcePolicy;

/**
 * What was set on a topic. Immutable.
 */
final class TopicAttributes {

	static final String POLICY = "Policy";

	private static final String FIFO = "FifoTopic";

	private static final String CONTENT_BASED = "ContentBasedDeduplication";

	private static final String MAXIMUM_SIZE = "MaximumMessageSize";

	private static final String SCOPE = "FifoThroughputScope";

	private static final int SMALLEST_MAXIMUM = 1024;

	private static final int LARGEST_MAXIMUM = 1_048_576;

	private static final Set<String> NAMES = Set.of(FIFO, CONTENT_BASED, MAXIMUM_SIZE, SCOPE, "DisplayName", POLICY,
			"DeliveryPolicy", "KmsMasterKeyId", "SignatureVersion", "TracingConfig", "ArchivePolicy",
			"DataProtectionPolicy");

	private static final Pattern FEEDBACK = Pattern
		.compile("(HTTP|SQS|Lambda|Firehose|Application)(SuccessFeedback(RoleArn|SampleRate)|FailureFeedbackRoleArn)");

	private static final Map<String, String> DEFAULTS = Map.of(FIFO, "false", CONTENT_BASED, "false", MAXIMUM_SIZE,
			"262144", SCOPE, "Topic", "DisplayName", "", "SignatureVersion", "1", "TracingConfig", "PassThrough");

	private final Map<String, String> values;

	private TopicAttributes(Map<String, String> values) {
		this.values = values;
	}

	static TopicAttributes of(Map<String, String> values) {
		values.forEach((name, value) -> check("Attributes Reason: ", name, value));
		return new TopicAttributes(Map.copyOf(values));
	}

	TopicAttributes with(String name, String value) {
		check("", name, value);
		if (FIFO.equals(name)) {
			throw SnsException.invalidParameter("AttributeName");
		}
		Map<String, String> changed = new LinkedHashMap<>(this.values);
		changed.put(name, value);
		return new TopicAttributes(Map.copyOf(changed));
	}

	private static void check(String prefix, String name, String value) {
		if (!NAMES.contains(name) && !FEEDBACK.matcher(name).matches()) {
			throw SnsException.invalidParameter(
					prefix.isEmpty() ? "AttributeName" : "%sUnknown attribute %s".formatted(prefix, name));
		}
		boolean valid = switch (name) {
			case FIFO, CONTENT_BASED -> value.equals("true") || value.equals("false");
			case MAXIMUM_SIZE -> isSize(value);
			case SCOPE -> value.equals("Topic") || value.equals("MessageGroup");
			case POLICY -> value.isEmpty() || ResourcePolicy.isPolicy(value);
			case "SignatureVersion" -> value.equals("1") || value.equals("2");
			default -> true;
		};
		if (!valid) {
			throw SnsException.invalidParameter("%s%s Reason: Invalid value [%s]".formatted(prefix, name, value));
		}
	}

	private static boolean isSize(String value) {
		try {
			int size = Integer.parseInt(value);
			return size >= SMALLEST_MAXIMUM && size <= LARGEST_MAXIMUM;
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	boolean agreesWith(TopicAttributes requested) {
		return requested.values.entrySet().stream().allMatch((entry) -> entry.getValue().equals(get(entry.getKey())));
	}

	boolean isFifo() {
		return isTrue(FIFO);
	}

	boolean isContentBasedDeduplication() {
		return isTrue(CONTENT_BASED);
	}

	boolean isDeduplicatedByGroup() {
		return "MessageGroup".equals(get(SCOPE));
	}

	int maximumMessageSize() {
		return Integer.parseInt(get(MAXIMUM_SIZE));
	}

	String signatureVersion() {
		return get("SignatureVersion");
	}

	String policy() {
		return get(POLICY);
	}

	private boolean isTrue(String name) {
		return "true".equals(get(name));
	}

	private String get(String name) {
		String value = this.values.get(name);
		return (value != null) ? value : DEFAULTS.getOrDefault(name, "");
	}

	// Return what GetTopicAttributes tells of these: what was set, and the defaults that
	// AWS names as
	// well.
	Map<String, String> described() {
		Map<String, String> described = new LinkedHashMap<>();
		described.put("DisplayName", "");
		if (isFifo()) {
			described.put(CONTENT_BASED, "false");
		}
		described.putAll(this.values);
		if (!isFifo()) {
			described.remove(FIFO);
		}
		return described;
	}

}
