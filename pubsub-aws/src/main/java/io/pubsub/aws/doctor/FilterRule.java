package io.pubsub.aws.doctor;

import java.util.stream.Stream;

import io.pubsub.MediaType;
import io.pubsub.aws.internal.FilterPolicy;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What the filter policy of a subscription says about media types. A condition that is
 * not understood is taken to let a message through.
 *
 * @param rules the conditions for the media type; missing if there are none
 */
record FilterRule(JsonNode rules) {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	static FilterRule of(SubscriptionFacts subscription) {
		String policy = subscription.attributes().get("FilterPolicy");
		return new FilterRule(parse(policy).path(key(subscription)));
	}

	/**
	 * The key under which a policy has its conditions for the media type.
	 * @param subscription the subscription
	 * @return the field of the body, or the name of the attribute
	 */
	static String key(SubscriptionFacts subscription) {
		return "MessageBody".equals(subscription.attributes().get("FilterPolicyScope")) ? FilterPolicy.FIELD
				: FilterPolicy.ATTRIBUTE;
	}

	private static JsonNode parse(@Nullable String policy) {
		try {
			return mapper.readTree((policy != null && !policy.isBlank()) ? policy : "{}");
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

	boolean lets(MediaType mediaType) {
		return mediaType.isPattern() || !this.rules.isArray()
				|| this.rules.valueStream().anyMatch((rule) -> matches(rule, mediaType.value()));
	}

	/**
	 * The media types that it names as they are. Anybody may have written it: what is no
	 * media type is left out.
	 * @return the media types
	 */
	Stream<MediaType> named() {
		return this.rules.isArray() ? this.rules.valueStream().filter(JsonNode::isString).flatMap(FilterRule::mediaType)
				: Stream.empty();
	}

	private static Stream<MediaType> mediaType(JsonNode rule) {
		try {
			return Stream.of(new MediaType(rule.asString("")));
		}
		catch (IllegalArgumentException ex) {
			return Stream.empty();
		}
	}

	private static boolean matches(JsonNode rule, String value) {
		if (rule.isString()) {
			return rule.asString("").equals(value);
		}
		if (rule.has("prefix")) {
			return value.startsWith(rule.path("prefix").asString(""));
		}
		if (rule.has("suffix")) {
			return value.endsWith(rule.path("suffix").asString(""));
		}
		if (rule.has("exists")) {
			return rule.path("exists").asBoolean(true);
		}
		if (rule.has("anything-but")) {
			JsonNode not = rule.path("anything-but");
			return !not.isArray() || not.valueStream().noneMatch((other) -> other.asString("").equals(value));
		}
		return true;
	}

}
