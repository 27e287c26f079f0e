package io.pubsub.local.internal.sns;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.pubsub.local.internal.xml.Xml;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SNS Query API: form fields in, XML out.
 */
final class QueryApi {

	private static final Logger logger = LoggerFactory.getLogger(QueryApi.class);

	private static final String NAMESPACE = " xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">";

	private static final int OK = 200;

	private static final int INTERNAL_ERROR = 500;

	private final Map<String, Action> actions = new HashMap<>();

	QueryApi(Topics topics, Publisher publisher) {
		this.actions.putAll(new TopicActions(topics).actions());
		this.actions.putAll(new SubscriptionActions(topics).actions());
		this.actions.putAll(new PublishActions(topics, publisher).actions());
	}

	Sns.Answer answer(String form, @Nullable String traceHeader) {
		try {
			return perform(Parameters.parse(form, traceHeader));
		}
		catch (SnsException ex) {
			return error(ex.status(), "Sender", ex.code(), String.valueOf(ex.getMessage()));
		}
		// Whatever went wrong, the client waits for an answer.
		catch (RuntimeException ex) {
			logger.warn("SNS request failed", ex);
			return error(INTERNAL_ERROR, "Receiver", "InternalError", ex.getClass().getSimpleName());
		}
	}

	private Sns.Answer perform(Parameters request) {
		String name = request.get("Action");
		Action action = (name != null) ? this.actions.get(name) : null;
		if (action == null) {
			throw SnsException.badRequest("InvalidAction",
					"The action %s is not valid for this endpoint; it has %s".formatted(name, this.actions.keySet()));
		}
		Xml result = new Xml();
		action.perform(request, result);
		Xml xml = new Xml().raw("<").raw(name + "Response").raw(NAMESPACE);
		if (!result.isEmpty()) {
			xml.element(name + "Result", () -> xml.raw(result.toString()));
		}
		xml.element("ResponseMetadata", () -> xml.element("RequestId", requestId()));
		return new Sns.Answer(OK, xml.raw("</").raw(name + "Response").raw(">").toString());
	}

	private static Sns.Answer error(int status, String type, String code, String message) {
		Xml xml = new Xml().raw("<ErrorResponse").raw(NAMESPACE);
		xml.element("Error", () -> xml.element("Type", type).element("Code", code).element("Message", message));
		xml.element("RequestId", requestId());
		return new Sns.Answer(status, xml.raw("</ErrorResponse>").toString());
	}

	private static String requestId() {
		return UUID.randomUUID().toString();
	}

}
