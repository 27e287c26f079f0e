package io.pubsub.local.internal.sns;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pubsub.local.internal.json.Json;
import org.jspecify.annotations.Nullable;
import software.amazon.event.ruler.Machine;

/**
 * The messages that a subscription wants, matched by the engine that AWS matches with.
 */
final class FilterPolicy {

	private static final String RULE = "filter-policy";

	private final Machine machine;

	private final boolean onBody;

	private FilterPolicy(Machine machine, boolean onBody) {
		this.machine = machine;
		this.onBody = onBody;
	}

	// Return the policy, or null if it is the empty object that lets everything through.
	static @Nullable FilterPolicy parse(String json, boolean onBody, String prefix) {
		try {
			JsonNode policy = Json.MAPPER.readTree(json);
			if (policy.isObject() && policy.isEmpty()) {
				return null;
			}
			FilterPolicyLimits.check(policy, onBody, prefix);
			return new FilterPolicy(compile(FilterNumbers.truncate(policy).toString(), prefix), onBody);
		}
		catch (JsonProcessingException ex) {
			throw SnsException.invalidParameter(prefix + "FilterPolicy: failed to parse JSON.");
		}
	}

	private static Machine compile(String json, String prefix) {
		Machine machine = Machine.builder().build();
		try {
			machine.addRule(RULE, json);
		}
		catch (JsonProcessingException ex) {
			throw SnsException.invalidParameter("%sFilterPolicy: %s".formatted(prefix, ex.getOriginalMessage()));
		}
		catch (IOException | RuntimeException ex) {
			throw SnsException.invalidParameter("%sFilterPolicy: %s".formatted(prefix, ex.getMessage()));
		}
		return machine;
	}

	boolean matches(PublishRequest request) {
		JsonNode event = this.onBody ? FilterEvent.ofBody(request) : FilterEvent.ofAttributes(request);
		return event != null && this.machine.rulesForJSONEvent(FilterNumbers.truncate(event)).contains(RULE);
	}

}
