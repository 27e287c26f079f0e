package io.pubsub.local.internal.sns;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.pubsub.local.internal.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What was set on a subscription. Immutable.
 */
final class SubscriptionAttributes {

	private static final String RAW = "RawMessageDelivery";

	private static final String POLICY = "FilterPolicy";

	private static final String SCOPE = "FilterPolicyScope";

	private static final String REDRIVE = "RedrivePolicy";

	private static final String ATTRIBUTES_SCOPE = "MessageAttributes";

	private static final String BODY_SCOPE = "MessageBody";

	private static final Set<String> NAMES = Set.of(RAW, POLICY, SCOPE, REDRIVE, "DeliveryPolicy",
			"SubscriptionRoleArn", "ReplayPolicy");

	private static final Map<String, String> DEFAULTS = Map.of(RAW, "false", SCOPE, ATTRIBUTES_SCOPE);

	private final Map<String, String> values;

	private final @Nullable FilterPolicy filterPolicy;

	private final @Nullable String deadLetterQueueArn;

	private SubscriptionAttributes(Map<String, String> values, String prefix) {
		this.values = Map.copyOf(values);
		this.filterPolicy = filterPolicy(prefix);
		this.deadLetterQueueArn = deadLetterQueueArn(prefix);
	}

	static SubscriptionAttributes of(Map<String, String> values) {
		return checked(values, "Attributes Reason: ");
	}

	SubscriptionAttributes with(String name, String value) {
		Map<String, String> changed = new LinkedHashMap<>(this.values);
		changed.put(name, value);
		return checked(changed, "");
	}

	private static SubscriptionAttributes checked(Map<String, String> values, String prefix) {
		Map<String, String> normal = new LinkedHashMap<>(values);
		normal.computeIfPresent(RAW, (name, value) -> value.toLowerCase(Locale.ROOT));
		normal.forEach((name, value) -> check(prefix, name, value));
		return new SubscriptionAttributes(normal, prefix);
	}

	private static void check(String prefix, String name, String value) {
		if (!NAMES.contains(name)) {
			throw SnsException.invalidParameter(prefix + "AttributeName");
		}
		if (RAW.equals(name) && !value.equals("true") && !value.equals("false")) {
			throw SnsException.invalidParameter(
					"%sRawMessageDelivery: Invalid value [%s]. Must be true or false.".formatted(prefix, value));
		}
		if (SCOPE.equals(name) && !value.equals(ATTRIBUTES_SCOPE) && !value.equals(BODY_SCOPE)) {
			throw SnsException.invalidParameter(
					("%sFilterPolicyScope: Invalid value [%s]. " + "Please use either MessageBody or MessageAttributes")
						.formatted(prefix, value));
		}
	}

	private @Nullable FilterPolicy filterPolicy(String prefix) {
		String policy = this.values.get(POLICY);
		if (policy == null || policy.isBlank()) {
			return null;
		}
		return FilterPolicy.parse(policy, BODY_SCOPE.equals(get(SCOPE)), prefix);
	}

	private @Nullable String deadLetterQueueArn(String prefix) {
		String policy = this.values.get(REDRIVE);
		if (policy == null || policy.isBlank()) {
			return null;
		}
		String arn = parseRedrive(policy, prefix);
		if (!Arns.isQueue(arn)) {
			throw SnsException.invalidParameter(prefix + "RedrivePolicy: deadLetterTargetArn is an invalid arn");
		}
		return arn;
	}

	private static String parseRedrive(String policy, String prefix) {
		try {
			return Json.MAPPER.readTree(policy).path("deadLetterTargetArn").asText();
		}
		catch (JsonProcessingException ex) {
			throw SnsException.invalidParameter(prefix + "RedrivePolicy: failed to parse JSON.");
		}
	}

	void checkDeadLetterQueueOf(String queueArn) {
		if (this.deadLetterQueueArn != null && Arns.isFifo(queueArn) && !Arns.isFifo(this.deadLetterQueueArn)) {
			throw SnsException.invalidParameter(
					"RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.");
		}
	}

	boolean agreesWith(SubscriptionAttributes requested) {
		return requested.values.entrySet().stream().allMatch((entry) -> entry.getValue().equals(get(entry.getKey())));
	}

	private String get(String name) {
		String value = this.values.get(name);
		return (value != null) ? value : DEFAULTS.getOrDefault(name, "");
	}

	boolean isRaw() {
		return "true".equals(get(RAW));
	}

	boolean accepts(PublishRequest request) {
		return this.filterPolicy == null || this.filterPolicy.matches(request);
	}

	@Nullable String deadLetterQueueArn() {
		return this.deadLetterQueueArn;
	}

	Map<String, String> described() {
		Map<String, String> described = new LinkedHashMap<>();
		described.putAll(DEFAULTS);
		described.putAll(this.values);
		if (this.filterPolicy == null) {
			described.remove(POLICY);
			described.remove(SCOPE);
		}
		described.values().removeIf(String::isBlank);
		return described;
	}

}
