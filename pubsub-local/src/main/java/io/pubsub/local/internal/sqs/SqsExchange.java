package io.pubsub.local.internal.sqs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pubsub.local.internal.json.Json;
import io.pubsub.local.internal.sns.Arns;
import org.jspecify.annotations.Nullable;

/**
 * One request of the JSON protocol of SQS, and what is answered to it: what SQS refuses
 * does not reach ElasticMQ, and what ElasticMQ refuses is told as SQS tells it.
 */
public final class SqsExchange {

	private static final int OK = 200;

	private static final int BAD_REQUEST = 400;

	private static final String NOTHING_DONE = "{\"Successful\":[]}";

	private static final Set<String> WITH_LIMITS = Set.of("ReceiveMessage", "ChangeMessageVisibility",
			"ChangeMessageVisibilityBatch", "DeleteMessage", "DeleteMessageBatch");

	private static final String FAILED = "Failed";

	private static final String RECEIPT_HANDLE = "ReceiptHandle";

	private static final Pattern ISSUED_HANDLE = Pattern.compile("[0-9a-f-]{36}#[0-9a-f-]{36}");

	private final String action;

	private final JsonNode request;

	private final Map<String, SqsError> refusedEntries;

	private final PolicyAttribute policy;

	private SqsExchange(String action, JsonNode request, Map<String, SqsError> refusedEntries, QueuePolicies policies) {
		this.action = action;
		this.request = request;
		this.refusedEntries = refusedEntries;
		this.policy = new PolicyAttribute(action, request, policies);
	}

	/**
	 * Return whether a request must be understood before ElasticMQ gets it. A message
	 * that is surely small enough need not: parsing it would cost time and find nothing.
	 * @param action the action
	 * @param length the length of the body in bytes
	 * @return whether it is to be read
	 */
	public static boolean mustRead(String action, long length) {
		return WITH_LIMITS.contains(action) || PolicyAttribute.ACTIONS.contains(action)
				|| (action.startsWith("SendMessage") && length > Limits.LARGEST_MESSAGE);
	}

	/**
	 * Start an exchange whose request goes to ElasticMQ unread.
	 * @param action the action
	 * @return the exchange
	 */
	public static SqsExchange unread(String action) {
		return new SqsExchange(action, Json.MAPPER.createObjectNode(), Map.of(), new QueuePolicies());
	}

	/**
	 * Start an exchange.
	 * @param action the action
	 * @param body the body of the request
	 * @param policies the policies of the queues
	 * @return the exchange
	 */
	public static SqsExchange read(String action, String body, QueuePolicies policies) {
		JsonNode request = parse(body);
		Map<String, SqsError> refused = new LinkedHashMap<>();
		if (action.equals("ChangeMessageVisibilityBatch")) {
			request.path("Entries").forEach((entry) -> {
				SqsError error = Limits.checkVisibility(entry);
				if (error != null) {
					refused.put(entry.path("Id").asText(), error);
				}
			});
		}
		return new SqsExchange(action, request, refused, policies);
	}

	/**
	 * Return why SQS refuses the request.
	 * @return the error, or {@code null} if ElasticMQ is to have it
	 */
	public @Nullable SqsError refusal() {
		SqsError error = Limits.check(this.action, this.request);
		return (error != null) ? error : this.policy.refusal();
	}

	/**
	 * Return what ElasticMQ gets instead of the request: the entries that SQS takes.
	 * @return the body, or {@code null} if it gets the request as it is
	 */
	public @Nullable String changedRequest() {
		if (this.refusedEntries.isEmpty()) {
			return null;
		}
		ObjectNode changed = this.request.deepCopy();
		ArrayNode entries = changed.putArray("Entries");
		this.request.path("Entries").forEach((entry) -> {
			if (!this.refusedEntries.containsKey(entry.path("Id").asText())) {
				entries.add(entry);
			}
		});
		return changed.toString();
	}

	/**
	 * Write U+FFFF in another way: ElasticMQ takes it for the end of the request, and
	 * tells the client so with the body in the text.
	 * @param body the body of a request
	 * @return the same JSON without the character itself
	 */
	public static String escapeEndOfInput(String body) {
		return body.replace("\uffff", "\\uffff");
	}

	/**
	 * Return whether an answer is to be read before the client gets it.
	 * @param status its status
	 * @return whether it is to be read
	 */
	public boolean mustReadAnswer(int status) {
		return status != OK || this.action.endsWith("Batch") || this.policy.isConcerned();
	}

	/**
	 * Return what the client gets.
	 * @param status the status that ElasticMQ answers
	 * @param body the body that ElasticMQ answers
	 * @return the answer of SQS
	 */
	public Answer answer(int status, String body) {
		if (status != OK) {
			return errorAnswer(status, parse(body));
		}
		if (this.policy.isConcerned()) {
			return new Answer(OK, this.policy.answer(body), null);
		}
		if (body.equals(NOTHING_DONE) && this.refusedEntries.isEmpty()) {
			SqsError error = Limits.emptyBatch(this.action);
			return new Answer(BAD_REQUEST, error.body(), error);
		}
		return new Answer(OK, batchAnswer(body), null);
	}

	private Answer errorAnswer(int status, JsonNode body) {
		SqsError error = SqsError.read(body);
		if (this.action.equals("DeleteMessage") && isForgiven(error, this.request)) {
			return new Answer(OK, "{}", null);
		}
		SqsError translated = Translation.of(this.action, error, this.request);
		return new Answer(status, translated.body(), translated);
	}

	private String batchAnswer(String body) {
		if (!body.contains("\"Code\"") && this.refusedEntries.isEmpty()) {
			return body;
		}
		ObjectNode answer = parse(body).deepCopy();
		ArrayNode failed = Json.MAPPER.createArrayNode();
		answer.path(FAILED).forEach((entry) -> translate(answer, failed, entry));
		this.refusedEntries.forEach((id, error) -> failed.add(failure(id, error)));
		answer.set(FAILED, failed);
		return answer.toString();
	}

	private void translate(ObjectNode answer, ArrayNode failed, JsonNode entry) {
		String id = entry.path("Id").asText();
		SqsError error = new SqsError(entry.path("Code").asText(), entry.path("Message").asText());
		JsonNode requested = requested(id);
		if (this.action.equals("DeleteMessageBatch") && isForgiven(error, requested)) {
			answer.withArray("Successful").addObject().put("Id", id);
		}
		else {
			failed.add(failure(id, Translation.of(this.action, error, requested)));
		}
	}

	// On a standard queue, SQS deletes with a handle that it gave out, however old it is.
	private boolean isForgiven(SqsError error, JsonNode requested) {
		return error.type().equals("ReceiptHandleIsInvalid") && isIssued(requested)
				&& !Arns.isFifo(this.request.path("QueueUrl").asText());
	}

	static boolean isIssued(JsonNode requested) {
		return ISSUED_HANDLE.matcher(requested.path(RECEIPT_HANDLE).asText()).matches();
	}

	private JsonNode requested(String id) {
		for (JsonNode entry : this.request.path("Entries")) {
			if (entry.path("Id").asText().equals(id)) {
				return entry;
			}
		}
		return Json.MAPPER.missingNode();
	}

	private static ObjectNode failure(String id, SqsError error) {
		return Json.MAPPER.createObjectNode()
			.put("Id", id)
			.put("SenderFault", true)
			.put("Code", error.code())
			.put("Message", error.message());
	}

	static JsonNode parse(String body) {
		try {
			return Json.MAPPER.readTree(body);
		}
		catch (JsonProcessingException ex) {
			// ElasticMQ says what is wrong with it.
			return Json.MAPPER.createObjectNode();
		}
	}

	/**
	 * What the client gets.
	 *
	 * @param status the HTTP status
	 * @param body the JSON
	 * @param error the error, if it is one
	 */
	public record Answer(int status, String body, @Nullable SqsError error) {

	}

}
