package io.pubsub.aws.internal;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The policy of a queue or a key, as far as it concerns the calls of a service of AWS.
 *
 * @param document the policy, as JSON
 */
public record ResourcePolicy(ObjectNode document) {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private static final Pattern TOPIC = Pattern.compile("arn:[a-z-]+:sns:[a-z0-9-]+:\\d+:[A-Za-z0-9_.-]+");

	private static final String STATEMENT = "Statement";

	/**
	 * Reads a policy. What is none lets nobody do anything.
	 * @param json the policy; {@code null} if there is none
	 * @return the policy
	 */
	public static ResourcePolicy parse(@Nullable String json) {
		try {
			JsonNode document = mapper.readTree((json != null && !json.isBlank()) ? json : "{}");
			return new ResourcePolicy((document instanceof ObjectNode object) ? object : mapper.createObjectNode());
		}
		catch (JacksonException ex) {
			return new ResourcePolicy(mapper.createObjectNode());
		}
	}

	/**
	 * Whether there is no policy.
	 * @return {@code true} if nothing is in it
	 */
	public boolean isEmpty() {
		return this.document.isEmpty();
	}

	/**
	 * The topics that it lets in by name, without those with a wildcard.
	 * @return their ARNs
	 */
	public Set<String> topics() {
		Set<String> topics = new TreeSet<>();
		statements().filter((statement) -> !statement.denies())
			.flatMap(PolicyStatement::sources)
			.filter((arn) -> TOPIC.matcher(arn).matches())
			.forEach(topics::add);
		return topics;
	}

	/**
	 * Decides on a call, as AWS does: what is denied is not allowed by anything.
	 * @param call the call
	 * @return the decision
	 */
	public Decision decide(ServiceCall call) {
		List<Answer> denials = answers(call, true);
		List<Answer> permissions = answers(call, false);
		if (denials.contains(Answer.YES)) {
			return Decision.DENIED;
		}
		if (permissions.contains(Answer.YES)) {
			return denials.contains(Answer.UNKNOWN) ? Decision.UNCLEAR : Decision.ALLOWED;
		}
		return permissions.contains(Answer.UNKNOWN) ? Decision.UNCLEAR : Decision.NOT_ALLOWED;
	}

	private List<Answer> answers(ServiceCall call, boolean denials) {
		return statements().filter((statement) -> statement.denies() == denials)
			.map((statement) -> statement.speaksOf(call))
			.toList();
	}

	private Stream<PolicyStatement> statements() {
		JsonNode statements = this.document.path(STATEMENT);
		Stream<JsonNode> nodes = statements.isArray() ? statements.valueStream() : Stream.of(statements);
		return nodes.filter(JsonNode::isObject).map(PolicyStatement::new);
	}

	/**
	 * The policy changed so that it allows calls: without what denies them, and with a
	 * statement more if none allows them.
	 * @param call the calls
	 * @param actions the actions, if it is not the one of the call alone
	 * @return the policy; this one if it allows them already
	 */
	public ResourcePolicy letting(ServiceCall call, String... actions) {
		ResourcePolicy heeded = (decide(call) == Decision.DENIED) ? excepting(call) : this;
		return (heeded.decide(call) == Decision.NOT_ALLOWED)
				? heeded.allowing(call, (actions.length == 0) ? new String[] { call.action() } : actions) : heeded;
	}

	private ResourcePolicy allowing(ServiceCall call, String... actions) {
		ObjectNode changed = changed();
		ObjectNode statement = ((ArrayNode) changed.path(STATEMENT)).addObject();
		statement.put("Effect", "Allow").putObject("Principal").put("Service", call.service());
		if (actions.length == 1) {
			statement.put("Action", actions[0]);
		}
		else {
			List.of(actions).forEach(statement.putArray("Action")::add);
		}
		statement.put("Resource", call.resource());
		statement.putObject("Condition").putObject("ArnEquals").put(ServiceCall.SOURCE_ARN, call.source());
		return new ResourcePolicy(changed);
	}

	private ResourcePolicy excepting(ServiceCall call) {
		ResourcePolicy changed = new ResourcePolicy(changed());
		changed.statements()
			.filter((statement) -> statement.denies() && statement.speaksOf(call) == Answer.YES)
			.forEach((statement) -> statement.leaveOut(call.source()));
		return changed;
	}

	/**
	 * The policy as it is sent.
	 * @return the JSON
	 */
	public String json() {
		return mapper.writeValueAsString(this.document);
	}

	private ObjectNode changed() {
		ObjectNode changed = this.document.deepCopy();
		if (!changed.has("Version")) {
			changed.put("Version", "2012-10-17");
		}
		ArrayNode statements = mapper.createArrayNode();
		new ResourcePolicy(changed).statements().forEach((statement) -> statements.add(statement.node()));
		changed.set(STATEMENT, statements);
		return changed;
	}

	/**
	 * What a policy says to a call.
	 */
	public enum Decision {

		/** It is allowed. */
		ALLOWED,

		/** A statement denies it. */
		DENIED,

		/** No statement allows it. */
		NOT_ALLOWED,

		/** It depends on a condition that is not known here. */
		UNCLEAR

	}

}
