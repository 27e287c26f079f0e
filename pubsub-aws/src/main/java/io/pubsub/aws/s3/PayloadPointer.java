package io.pubsub.aws.s3;

import java.util.List;

import io.pubsub.schema.MalformedMessageException;
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

	static PayloadPointer of(@Nullable JsonNode json) {
		if (json == null || !json.path(0).isString() || !json.path(0).stringValue().equals(TYPE)
				|| !json.path(1).path("s3BucketName").isString() || !json.path(1).path("s3Key").isString()) {
			throw new MalformedMessageException("it has the attribute of a content in S3, but no reference to one");
		}
		return new PayloadPointer(json.path(1).path("s3BucketName").stringValue(),
				json.path(1).path("s3Key").stringValue());
	}

	String toJson(JsonMapper mapper) {
		return mapper.createArrayNode()
			.add(TYPE)
			.add(mapper.createObjectNode().put("s3BucketName", this.bucket).put("s3Key", this.key))
			.toString();
	}

}
