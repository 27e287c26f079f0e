package io.pubsub.local.internal.s3;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pubsub.local.internal.json.Json;
import io.pubsub.local.internal.sns.Arns;

/**
 * The JSON of notifications, as S3 sends it.
 */
final class EventWriter {

	private static final int ID_LENGTH = 16;

	private final Clock clock;

	EventWriter(Clock clock) {
		this.clock = clock;
	}

	String test(String bucket) {
		return Json.MAPPER.createObjectNode()
			.put("Service", "Amazon S3")
			.put("Event", "s3:TestEvent")
			.put("Time", Times.inDocument(this.clock.instant()))
			.put("Bucket", bucket)
			.put("RequestId", id())
			.put("HostId", id())
			.toString();
	}

	String created(String event, String bucket, String rule, StoredObject object) {
		ObjectNode message = Json.MAPPER.createObjectNode();
		ObjectNode described = describe(message, event, bucket, rule, object.modified());
		described.put("key", Query.encode(object.key()))
			.put("size", object.size())
			.put("eTag", object.etag())
			.put("sequencer", object.sequencer());
		return message.toString();
	}

	String removed(String event, String bucket, String rule, String key, String sequencer) {
		ObjectNode message = Json.MAPPER.createObjectNode();
		describe(message, event, bucket, rule, this.clock.instant()).put("key", Query.encode(key))
			.put("sequencer", sequencer);
		return message.toString();
	}

	private static ObjectNode describe(ObjectNode message, String event, String bucket, String rule, Instant time) {
		ObjectNode described = message.putArray("Records").addObject();
		described.put("eventVersion", "2.1")
			.put("eventSource", "aws:s3")
			.put("awsRegion", Arns.REGION)
			.put("eventTime", Times.inDocument(time))
			.put("eventName", event);
		described.putObject("userIdentity").put("principalId", "AWS:" + Arns.ACCOUNT);
		described.putObject("requestParameters").put("sourceIPAddress", "127.0.0.1");
		described.putObject("responseElements").put("x-amz-request-id", id()).put("x-amz-id-2", id());
		ObjectNode s3 = described.putObject("s3").put("s3SchemaVersion", "1.0").put("configurationId", rule);
		s3.putObject("bucket")
			.put("name", bucket)
			.put("arn", "arn:aws:s3:::" + bucket)
			.putObject("ownerIdentity")
			.put("principalId", Arns.ACCOUNT);
		return s3.putObject("object");
	}

	private static String id() {
		return UUID.randomUUID().toString().replace("-", "").substring(ID_LENGTH).toUpperCase(Locale.ROOT);
	}

}
