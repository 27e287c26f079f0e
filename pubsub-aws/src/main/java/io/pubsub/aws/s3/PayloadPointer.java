package io.pubsub.aws.s3;

import java.util.List;
import java.util.Map;

import io.pubsub.dispatch.DeadLetters;
import io.pubsub.internal.ForeignJson;
import io.pubsub.schema.MalformedMessageException;
import io.pubsub.transport.AddressRules;
import io.pubsub.transport.OutboundMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The reference that stands in for a content, in the form of the extended clients of AWS.
 *
 * @param bucket the name of the bucket
 * @param key the key
 */
record PayloadPointer(String bucket, String key) {

	static final String TYPE = "software.amazon.payloadoffloading.PayloadS3Pointer";

	/**
	 * The attribute whose value is the size of the content.
	 */
	static final String ATTRIBUTE = "ExtendedPayloadSize";

	/**
	 * All names that the attribute has had.
	 */
	static final List<String> ATTRIBUTES = List.of(ATTRIBUTE, "SQSLargePayloadSize");

	/**
	 * The metadata of a content that was sent to one queue and to no other: its address.
	 */
	private static final String QUEUE = "pubsub-queue";

	static PayloadPointer of(@Nullable JsonNode json) {
		if (json == null || !json.path(0).isString() || !json.path(0).stringValue().equals(TYPE)
				|| !json.path(1).path("s3BucketName").isString() || !json.path(1).path("s3Key").isString()) {
			throw new MalformedMessageException("it has the attribute of a content in S3, but no reference to one");
		}
		return new PayloadPointer(json.path(1).path("s3BucketName").stringValue(),
				json.path(1).path("s3Key").stringValue());
	}

	/**
	 * The metadata of the content of a message.
	 * @param message the message
	 * @param rules the rules of its destination
	 * @return the metadata
	 */
	static Map<String, String> metadata(OutboundMessage message, AddressRules rules) {
		return rules.isQueue(message.address()) ? Map.of(QUEUE, message.address()) : Map.of();
	}

	/**
	 * Whether a content was sent to one queue and to no other.
	 * @param metadata the metadata of the content
	 * @return {@code true} if its sender says so
	 */
	static boolean isForOneQueue(Map<String, String> metadata) {
		return metadata.containsKey(QUEUE);
	}

	/**
	 * Whether a message says that its body is a reference.
	 * @param attributes the attributes of the message
	 * @param mapper the JSON mapper
	 * @return {@code true} if it has one of the attributes, or had it before it became a
	 * dead letter, where others may take its place
	 */
	static boolean isAnnounced(Map<String, String> attributes, JsonMapper mapper) {
		String detail = attributes.get(DeadLetters.DETAIL);
		return ATTRIBUTES.stream().anyMatch(attributes::containsKey)
				|| (detail != null && isAnnouncedIn(detail, mapper));
	}

	private static boolean isAnnouncedIn(String detail, JsonMapper mapper) {
		try {
			JsonNode json = ForeignJson.read(mapper, detail, MalformedMessageException::new);
			return json != null && ATTRIBUTES.stream().anyMatch(json.path("attributes")::has);
		}
		catch (MalformedMessageException ex) {
			return false;
		}
	}

	String toJson(JsonMapper mapper) {
		return mapper.createArrayNode()
			.add(TYPE)
			.add(mapper.createObjectNode().put("s3BucketName", this.bucket).put("s3Key", this.key))
			.toString();
	}

}
