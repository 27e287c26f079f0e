package io.pubsub.local.internal.sns;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pubsub.local.internal.json.Json;

/**
 * The JSON that SNS wraps around a message, unless delivery is raw.
 */
final class Envelope {

	private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
		.withZone(ZoneOffset.UTC);

	private static final String CERTIFICATE = "https://sns.%s.amazonaws.com/SimpleNotificationService-%s.pem"
		.formatted(Arns.REGION, "0".repeat(32));

	private final URI sns;

	Envelope(URI sns) {
		this.sns = sns;
	}

	String render(Notification notification, Subscription subscription, String signatureVersion) {
		StringWriter out = new StringWriter(notification.request().size() + 1024);
		try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
			json.writeStartObject();
			writeHead(json, notification, subscription);
			json.writeStringField("Message", notification.request().body());
			json.writeStringField("Timestamp", timestamp(notification.timestamp()));
			if (notification.sequenceNumber() == null) {
				writeSignature(json, signatureVersion);
			}
			json.writeStringField("UnsubscribeURL",
					"%s/?Action=Unsubscribe&SubscriptionArn=%s".formatted(this.sns, subscription.arn()));
			writeAttributes(json, notification.request().attributes());
			json.writeEndObject();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("A StringWriter refused to be written to", ex);
		}
		return out.toString();
	}

	// SNS does not sign the notifications of a FIFO topic.
	private static void writeSignature(JsonGenerator json, String signatureVersion) throws IOException {
		json.writeStringField("SignatureVersion", signatureVersion);
		json.writeStringField("Signature", "EXAMPLE");
		json.writeStringField("SigningCertURL", CERTIFICATE);
	}

	private static void writeHead(JsonGenerator json, Notification notification, Subscription subscription)
			throws IOException {
		json.writeStringField("Type", "Notification");
		json.writeStringField("MessageId", notification.id());
		if (notification.sequenceNumber() != null) {
			json.writeStringField("SequenceNumber", notification.sequenceNumber());
		}
		json.writeStringField("TopicArn", subscription.topicArn());
		if (notification.request().subject() != null) {
			json.writeStringField("Subject", notification.request().subject());
		}
	}

	private static void writeAttributes(JsonGenerator json, Map<String, MessageAttribute> attributes)
			throws IOException {
		if (attributes.isEmpty()) {
			return;
		}
		json.writeObjectFieldStart("MessageAttributes");
		for (Map.Entry<String, MessageAttribute> entry : attributes.entrySet()) {
			MessageAttribute attribute = entry.getValue();
			json.writeObjectFieldStart(entry.getKey());
			json.writeStringField("Type", attribute.dataType());
			json.writeStringField("Value", value(attribute));
			json.writeEndObject();
		}
		json.writeEndObject();
	}

	private static String value(MessageAttribute attribute) {
		return (attribute.bytes() != null) ? Base64.getEncoder().encodeToString(attribute.bytes().asByteArrayUnsafe())
				: String.valueOf(attribute.text());
	}

	private static String timestamp(Instant instant) {
		return TIMESTAMP.format(instant);
	}

}
