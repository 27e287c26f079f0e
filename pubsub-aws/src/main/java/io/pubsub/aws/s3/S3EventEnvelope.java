package io.pubsub.aws.s3;

import java.util.List;
import java.util.function.Supplier;

import io.pubsub.InvalidSettingException;
import io.pubsub.MediaType;
import io.pubsub.OpaqueData;
import io.pubsub.SkipMessageException;
import io.pubsub.internal.ForeignJson;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MalformedMessageException;
import io.pubsub.schema.OpenedMessage;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The envelope of what S3 tells of its objects: its notifications, sent to the queue or
 * through SNS, wrapped or raw, and its events of EventBridge. The content is an
 * {@link S3Event}. Skipped are the test event, which S3 sends when notifications are set
 * up, and messages without any event that is wanted.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class S3EventEnvelope implements Envelope {

	private static final MediaType MEDIA_TYPE = new MediaType(S3Event.MEDIA_TYPE);

	private static final String CONFIGURED = "s3:";

	private final JsonMapper mapper;

	private final List<String> events;

	/**
	 * Makes an envelope for all events.
	 * @param mapper the JSON mapper
	 */
	public S3EventEnvelope(JsonMapper mapper) {
		this(mapper, List.of());
	}

	/**
	 * Makes an envelope for some events.
	 * @param mapper the JSON mapper
	 * @param events the names of the events that are wanted, as their sender writes them,
	 * or with the {@code s3:} that they have in the configuration of a bucket; one that
	 * ends in {@code *} stands for all with that beginning; empty for all events
	 * @throws InvalidSettingException if a name has a {@code *} that is not at its end,
	 * or is empty
	 */
	public S3EventEnvelope(JsonMapper mapper, List<String> events) {
		this.mapper = mapper;
		this.events = events.stream().map(S3EventEnvelope::asTold).toList();
		for (String event : events) {
			int star = event.indexOf('*');
			if (event.isBlank() || (star >= 0 && star < event.length() - 1)) {
				throw new InvalidSettingException(S3EventEnvelope.class, "events",
						"the name of an event of S3 must not be empty and may have one '*', at its end, not '%s'"
							.formatted(event));
			}
		}
	}

	// The configuration of a bucket has the prefix, what the bucket tells has not.
	private static String asTold(String event) {
		return event.startsWith(CONFIGURED) ? event.substring(CONFIGURED.length()) : event;
	}

	@Override
	public OpenedMessage open(InboundMessage message) {
		JsonNode body = parse(message.body(), "the body");
		if (!body.path("Message").isString()) {
			return opened(body, message, null, null);
		}
		return opened(parse(text(body, "Message"), "the Message of the notification"), message,
				textOrNull(body, "MessageId"), textOrNull(body, "TopicArn"));
	}

	private OpenedMessage opened(JsonNode event, InboundMessage message, @Nullable String snsMessageId,
			@Nullable String topicArn) {
		ObjectNode content = this.mapper.createObjectNode();
		ArrayNode objects = content.putArray("objects");
		addObjects(event, objects);
		if (objects.isEmpty()) {
			throw new SkipMessageException("none of the events of S3 that are wanted");
		}
		return new OpenedMessage(MEDIA_TYPE, content, OpaqueData.none(), message.attributes(), snsMessageId, topicArn);
	}

	private void addObjects(JsonNode event, ArrayNode objects) {
		if (is(event, "Event", "s3:TestEvent")) {
			throw new SkipMessageException("test event of S3, whose notifications arrive");
		}
		if (is(event, "source", "aws.s3")) {
			addIfWanted(text(event, "detail-type"), () -> ofEventBridge(event), objects);
			return;
		}
		JsonNode records = event.path("Records");
		if (!records.isArray() || records.isEmpty()) {
			throw new MalformedMessageException("the body is neither a notification nor an event of S3");
		}
		records.forEach((each) -> addRecord(each, objects));
	}

	private void addRecord(JsonNode record, ArrayNode objects) {
		if (!is(record, "eventSource", "aws:s3")) {
			throw new MalformedMessageException("the eventSource of a record is not aws:s3");
		}
		addIfWanted(text(record, "eventName"), () -> ofNotification(record), objects);
	}

	private void addIfWanted(String eventName, Supplier<ObjectNode> object, ArrayNode objects) {
		if (this.events.isEmpty() || this.events.stream().anyMatch((event) -> matches(event, eventName))) {
			objects.add(object.get());
		}
	}

	private static boolean matches(String event, String eventName) {
		return event.endsWith("*") ? eventName.startsWith(event.substring(0, event.length() - 1))
				: eventName.equals(event);
	}

	private ObjectNode ofNotification(JsonNode record) {
		JsonNode object = record.path("s3").path("object");
		return object(record.path("s3"), KeyDecoder.decode(text(object, "key")), text(record, "eventName"))
			.put("versionId", textOrNull(object, "versionId"))
			.put("eTag", textOrNull(object, "eTag"))
			.put("region", textOrNull(record, "awsRegion"))
			.put("time", textOrNull(record, "eventTime"));
	}

	private ObjectNode ofEventBridge(JsonNode event) {
		JsonNode object = event.path("detail").path("object");
		return object(event.path("detail"), text(object, "key"), text(event, "detail-type"))
			.put("versionId", textOrNull(object, "version-id"))
			.put("eTag", textOrNull(object, "etag"))
			.put("region", textOrNull(event, "region"))
			.put("time", textOrNull(event, "time"));
	}

	private ObjectNode object(JsonNode parent, String key, String eventName) {
		JsonNode object = parent.path("object");
		ObjectNode node = this.mapper.createObjectNode()
			.put("bucket", text(parent.path("bucket"), "name"))
			.put("key", key)
			.put("eventName", eventName)
			.put("sequencer", textOrNull(object, "sequencer"));
		if (object.path("size").isIntegralNumber()) {
			node.set("size", object.path("size"));
		}
		return node;
	}

	private JsonNode parse(String json, String what) {
		JsonNode node = ForeignJson.read(this.mapper, json,
				(fault) -> new MalformedMessageException(what + " " + fault));
		if (node instanceof ObjectNode object) {
			return object;
		}
		throw new MalformedMessageException(what + " is not a JSON object");
	}

	private static boolean is(JsonNode node, String field, String value) {
		return value.equals(textOrNull(node, field));
	}

	private static String text(JsonNode node, String field) {
		String text = textOrNull(node, field);
		if (text == null) {
			throw new MalformedMessageException(field + " is missing, or is not text");
		}
		return text;
	}

	private static @Nullable String textOrNull(JsonNode node, String field) {
		JsonNode value = node.path(field);
		return value.isString() ? value.stringValue() : null;
	}

}
