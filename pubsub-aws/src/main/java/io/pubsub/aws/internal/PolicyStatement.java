package io.pubsub.aws.internal;

import java.util.Locale;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A statement of a policy.
 *
 * @param node the JSON
 */
record PolicyStatement(JsonNode node) {

	private static final String CONDITION = "Condition";

	private static final String EXCEPT = "ArnNotEqualsIfExists";

	boolean denies() {
		return this.node.path("Effect").asString("").equals("Deny");
	}

	/**
	 * Whether the statement speaks of a call.
	 * @param call the call
	 * @return the answer
	 */
	Answer speaksOf(ServiceCall call) {
		return principal(call).and(names("Action", call.action().toLowerCase(Locale.ROOT)))
			.and(names("Resource", call.resource()))
			.and(PolicyConditions.hold(this.node.path(CONDITION), call));
	}

	private Answer principal(ServiceCall call) {
		if (this.node.has("NotPrincipal")) {
			return Answer.UNKNOWN;
		}
		JsonNode principal = this.node.path("Principal");
		return Answer.of(Stream.concat(texts(principal), texts(principal.path("AWS"))).anyMatch("*"::equals)
				|| texts(principal.path("Service")).anyMatch(call.service()::equals));
	}

	private Answer names(String element, String value) {
		JsonNode not = this.node.path("Not" + element);
		if (!not.isMissingNode()) {
			return Answer.of(texts(not).noneMatch((pattern) -> matches(element, pattern, value)));
		}
		return Answer.of(!this.node.has(element)
				|| texts(this.node.path(element)).anyMatch((pattern) -> matches(element, pattern, value)));
	}

	private static boolean matches(String element, String pattern, String value) {
		return PolicyConditions.like(element.equals("Action") ? pattern.toLowerCase(Locale.ROOT) : pattern, value);
	}

	/**
	 * The ARNs on whose behalf calls may come.
	 * @return the ARNs, or patterns of some
	 */
	Stream<String> sources() {
		return this.node.path(CONDITION)
			.propertyStream()
			.filter((operator) -> !operator.getKey().contains("Not"))
			.flatMap((operator) -> operator.getValue().propertyStream())
			.filter((condition) -> condition.getKey().equalsIgnoreCase(ServiceCall.SOURCE_ARN))
			.flatMap((condition) -> texts(condition.getValue()));
	}

	/**
	 * Adds a condition: the statement does not speak of what is done for a source.
	 * @param source the ARN of the source
	 */
	void leaveOut(String source) {
		ObjectNode except = ((ObjectNode) this.node).withObjectProperty(CONDITION).withObjectProperty(EXCEPT);
		ArrayNode all = except.arrayNode();
		texts(except.path(ServiceCall.SOURCE_ARN)).forEach(all::add);
		except.set(ServiceCall.SOURCE_ARN, all.add(source));
	}

	static Stream<String> texts(JsonNode node) {
		return node.isArray() ? node.valueStream().map((value) -> value.asString(""))
				: Stream.of(node.isValueNode() ? node.asString("") : "").filter((value) -> !value.isEmpty());
	}

}
