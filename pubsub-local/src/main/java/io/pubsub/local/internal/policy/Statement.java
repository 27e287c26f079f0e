package io.pubsub.local.internal.policy;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A statement of a policy.
 *
 * @param node the JSON
 */
record Statement(JsonNode node) {

	private static final String EVERYBODY = "*";

	private static final List<String> NEGATIONS = List.of("NotPrincipal", "NotAction", "NotResource");

	/**
	 * Return whether the statement speaks of a call.
	 * @param call the call
	 * @return whether it does
	 * @throws UnknownElementException if that depends on what the broker does not know
	 */
	boolean speaksOf(ServiceCall call) {
		NEGATIONS.stream().filter(this.node::has).findFirst().ifPresent((negation) -> {
			throw new UnknownElementException("element " + negation);
		});
		return speaksOf(this.node.path("Principal"), call.service()) && texts("Action").anyMatch(
				(action) -> Wildcards.match(action.toLowerCase(Locale.ROOT), call.action().toLowerCase(Locale.ROOT)))
				&& texts("Resource").anyMatch((resource) -> Wildcards.match(resource, call.resource()))
				&& Conditions.hold(this.node.path("Condition"), call);
	}

	private static boolean speaksOf(JsonNode principal, String service) {
		return texts(principal).contains(EVERYBODY) || texts(principal.path("AWS")).contains(EVERYBODY)
				|| texts(principal.path("Service")).contains(service);
	}

	boolean denies() {
		return "Deny".equals(this.node.path("Effect").asText());
	}

	boolean allows() {
		return "Allow".equals(this.node.path("Effect").asText());
	}

	String name() {
		return this.node.path("Sid").asText("without Sid");
	}

	private Stream<String> texts(String name) {
		return texts(this.node.path(name)).stream();
	}

	/**
	 * Return texts of which there may be one, or several in an array.
	 * @param node the JSON
	 * @return the texts, none if it is something else
	 */
	static List<String> texts(JsonNode node) {
		if (node.isArray()) {
			return StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText).toList();
		}
		return node.isValueNode() ? List.of(node.asText()) : List.of();
	}

}
