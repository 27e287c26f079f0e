package io.pubsub.aws.s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.pubsub.transport.AddressRules;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link Destination} that puts the body of a message that is too large for another
 * destination into a bucket, and publishes a reference to it there. The reference has the
 * form of the extended clients of AWS for SQS and SNS, which read it where it comes with
 * raw message delivery; {@link LargeMessageEnvelope} reads it in a notification too.
 * <p>
 * Bodies are put on the thread that publishes. Nobody knows when all queues of a topic
 * are done with one, so that the bucket needs a lifecycle rule; a body that is sent to a
 * queue says so in its metadata, for {@link LargeMessageRemoval}. Safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
public final class LargeMessageDestination implements Destination {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Destination destination;

	private final S3Client client;

	private final String bucket;

	/**
	 * Makes a destination.
	 * @param destination the destination for all messages, whose rules say how large a
	 * message may be that is published as it is
	 * @param client the client of S3
	 * @param bucket the name of the bucket
	 */
	public LargeMessageDestination(Destination destination, S3Client client, String bucket) {
		this.destination = destination;
		this.client = client;
		this.bucket = bucket;
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		Map<Integer, PublishResult> failures = new HashMap<>();
		List<OutboundMessage> ready = new ArrayList<>();
		for (int i = 0; i < messages.size(); i++) {
			try {
				ready.add(ready(messages.get(i)));
			}
			catch (IllegalArgumentException ex) {
				failures.put(i, PublishResult.refused(ex));
			}
			catch (SdkException ex) {
				failures.put(i, PublishResult.failed(ex));
			}
		}
		CompletableFuture<List<PublishResult>> published = this.destination.publish(ready);
		return failures.isEmpty() ? published : published.thenApply((results) -> merged(results, failures));
	}

	private OutboundMessage ready(OutboundMessage message) {
		int limit = rules().maxBytes(message.address());
		if (message.sizeInBytes() <= limit) {
			return message;
		}
		byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
		PayloadPointer pointer = new PayloadPointer(this.bucket, UUID.randomUUID().toString());
		OutboundMessage reference = reference(message, body.length, pointer);
		if (reference.sizeInBytes() > limit) {
			throw new IllegalArgumentException("%s has attributes that are too large: with a reference alone, it has %d"
				.formatted(message, reference.sizeInBytes()) + " bytes, but its address takes %d".formatted(limit));
		}
		this.client.putObject((request) -> request.bucket(pointer.bucket())
			.key(pointer.key())
			.metadata(PayloadPointer.metadata(message, rules())), RequestBody.fromBytes(body));
		return reference;
	}

	private OutboundMessage reference(OutboundMessage message, int size, PayloadPointer pointer) {
		if (message.attributes().size() >= rules().maxAttributes()) {
			throw new IllegalArgumentException(
					"%s is too large, and has no room for the attribute %s beside its %d others".formatted(message,
							PayloadPointer.ATTRIBUTE, message.attributes().size()));
		}
		Map<String, String> attributes = new HashMap<>(message.attributes());
		attributes.put(PayloadPointer.ATTRIBUTE, Integer.toString(size));
		return new OutboundMessage(message.address(), message.mediaType(), pointer.toJson(JSON), attributes,
				message.groupId(), message.deduplicationId());
	}

	private static List<PublishResult> merged(List<PublishResult> results, Map<Integer, PublishResult> failures) {
		List<PublishResult> merged = new ArrayList<>(results);
		failures.keySet().stream().sorted().forEach((index) -> merged.add(index, failures.get(index)));
		return merged;
	}

	@Override
	public AddressRules rules() {
		return this.destination.rules();
	}

}
