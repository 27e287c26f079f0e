package io.pubsub.local.internal.policy;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pubsub.local.internal.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The policy of a queue or a topic. Immutable.
 * <p>
 * It is asked for the calls of services only, and knows what is usual for these: all else
 * is a refusal that says so, never a permission.
 */
public final class ResourcePolicy {

	private static final String STATEMENT = "Statement";

	private final ObjectNode document;

	private ResourcePolicy(ObjectNode document) {
		this.document = document;
	}

	/**
	 * Return whether a text is a policy.
	 * @param json the text
	 * @return whether it is an object with statements
	 */
	public static boolean isPolicy(String json) {
		try {
			return Json.MAPPER.readTree(json).path(STATEMENT).isContainerNode();
		}
		catch (JsonProcessingException ex) {
			return false;
		}
	}

	/**
	 * Read a policy.
	 * @param json the policy, {@code null} for one that allows nothing
	 * @return the policy
	 * @throws IllegalArgumentException if it is none
	 */
	public static ResourcePolicy of(@Nullable String json) {
		ObjectNode document = Json.MAPPER.createObjectNode().put("Version", "2012-10-17");
		if (json != null) {
			document.setAll(read(json));
		}
		JsonNode statements = document.path(STATEMENT);
		if (!statements.isArray()) {
			ArrayNode array = document.putArray(STATEMENT);
			if (statements.isObject()) {
				array.add(statements);
			}
		}
		return new ResourcePolicy(document);
	}

	private static ObjectNode read(String json) {
		try {
			return Json.MAPPER.readValue(json, ObjectNode.class);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("This is no policy", ex);
		}
	}

	/**
	 * Return the JSON, whose statements are an array.
	 * @return a copy
	 */
	public ObjectNode document() {
		return this.document.deepCopy();
	}

	/**
	 * Return why a call is refused.
	 * @param call the call
	 * @return the reason, or {@code null} if it is allowed
	 */
	public @Nullable String refusal(ServiceCall call) {
		String refusal = "no statement of its policy allows " + call;
		boolean allowed = false;
		for (Statement statement : statements().toList()) {
			try {
				if (statement.speaksOf(call)) {
					if (statement.denies()) {
						return "the statement %s of its policy denies %s".formatted(statement.name(), call);
					}
					allowed |= statement.allows();
				}
			}
			catch (UnknownElementException ex) {
				refusal = String.valueOf(ex.getMessage());
				if (statement.denies()) {
					return refusal;
				}
			}
		}
		return allowed ? null : refusal;
	}

	private Stream<Statement> statements() {
		return StreamSupport.stream(this.document.path(STATEMENT).spliterator(), false).map(Statement::new);
	}

	/**
	 * Return this policy with a statement that allows calls, in the place of the one of
	 * that name.
	 * @param name the name of the statement
	 * @param call the call
	 * @return the JSON
	 */
	public String allowing(String name, ServiceCall call) {
		ObjectNode changed = document();
		ArrayNode statements = changed.putArray(STATEMENT);
		statements().filter((statement) -> !statement.name().equals(name))
			.forEach((statement) -> statements.add(statement.node()));
		ObjectNode statement = statements.addObject();
		statement.put("Sid", name).put("Effect", "Allow");
		statement.putObject("Principal").put("Service", call.service());
		statement.put("Action", call.action()).put("Resource", call.resource());
		ObjectNode condition = statement.putObject("Condition");
		condition.putObject("ArnEquals").put("aws:SourceArn", call.source());
		condition.putObject("StringEquals").put("aws:SourceAccount", call.account());
		return changed.toString();
	}

}
