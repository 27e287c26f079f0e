package io.pubsub.aws.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

import io.pubsub.NackException;
import io.pubsub.internal.ForeignJson;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MalformedMessageException;
import io.pubsub.schema.OpenedMessage;
import io.pubsub.schema.UntrustedMessageException;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@link Envelope} that reads from S3 what a message only refers to, as
 * {@link LargeMessageDestination} and the extended clients of AWS for SQS and SNS publish
 * it, and has another envelope open that.
 * <p>
 * A reference is text from outside: only from allowed buckets is anything read, and no
 * more than a limit. A content that cannot be read now is a matter of time; one that is
 * not there any more is malformed. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class LargeMessageEnvelope implements Envelope {

	private final Envelope envelope;

	private final S3Reader reader;

	private final Set<String> buckets;

	private final int maxSize;

	private final JsonMapper mapper;

	/**
	 * Makes an envelope.
	 * @param envelope the envelope of all messages
	 * @param client the client of S3
	 * @param buckets the names of the buckets from which contents are read
	 * @param maxSize the size of the largest content, in bytes
	 * @param mapper the JSON mapper
	 */
	public LargeMessageEnvelope(Envelope envelope, S3Client client, List<String> buckets, int maxSize,
			JsonMapper mapper) {
		this.envelope = envelope;
		this.reader = new S3Reader(client, MissingObject.FAIL);
		this.buckets = Set.copyOf(buckets);
		this.maxSize = maxSize;
		this.mapper = mapper;
	}

	@Override
	public OpenedMessage open(InboundMessage message) {
		Body body = message.body().contains(PayloadPointer.TYPE) ? resolved(message) : Body.asIs(message);
		OpenedMessage opened = this.envelope.open(new InboundMessage(message.id(), body.text(), message.attributes(),
				message.groupId(), message.sentAt()));
		return LargeMessageRemoval.mark(opened, body.removable());
	}

	private Body resolved(InboundMessage message) {
		JsonNode body = parse(message.body());
		if (PayloadPointer.isAnnounced(message.attributes(), this.mapper)) {
			return read(PayloadPointer.of(body));
		}
		if (body instanceof ObjectNode notification && notification.path("Message").isString()
				&& PayloadPointer.ATTRIBUTES.stream().anyMatch(notification.path("MessageAttributes")::has)) {
			JsonNode pointer = parse(notification.path("Message").stringValue());
			String content = read(PayloadPointer.of(pointer)).text();
			// Other queues of the topic need it too.
			return new Body(notification.put("Message", content).toString(), null);
		}
		return Body.asIs(message);
	}

	private @Nullable JsonNode parse(String json) {
		return ForeignJson.read(this.mapper, json, (fault) -> new MalformedMessageException("the body " + fault));
	}

	private Body read(PayloadPointer pointer) {
		S3Object object = S3Object.of(pointer.bucket(), pointer.key());
		if (!this.buckets.contains(pointer.bucket())) {
			throw new UntrustedMessageException(
					"its content is %s, and large messages are not read from that bucket".formatted(object.place()));
		}
		try (S3ObjectStream content = new S3ObjectStream(this.reader, object)) {
			byte[] bytes = content.readNBytes(this.maxSize);
			if (content.read() != -1) {
				throw new MalformedMessageException(
						"%s is larger than the largest size allowed, %d bytes".formatted(object.place(), this.maxSize));
			}
			return new Body(new String(bytes, StandardCharsets.UTF_8),
					PayloadPointer.isForOneQueue(content.metadata()) ? pointer : null);
		}
		catch (MissingObjectException ex) {
			throw new MalformedMessageException("the content is not in S3 any more: " + ex.getMessage());
		}
		catch (UnreadableObjectException ex) {
			throw new NackException(null, String.valueOf(ex.getMessage()));
		}
		catch (IOException | SdkException ex) {
			throw new NackException(null, object.place() + " cannot be read now: " + ex.getClass().getSimpleName());
		}
	}

	/**
	 * A body with its content.
	 *
	 * @param text the text
	 * @param removable the reference to the content, if nobody needs that beside who
	 * receives this message
	 */
	private record Body(String text, @Nullable PayloadPointer removable) {

		static Body asIs(InboundMessage message) {
			return new Body(message.body(), null);
		}

	}

}
