package io.pubsub.kinesis.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.pubsub.aws.batch.CallTimer;
import io.pubsub.kinesis.stream.StreamAddress;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * {@link Destination} whose addresses are {@code kinesis:} and the name or ARN of a
 * stream.
 * <p>
 * A record holds the body of its message, and nothing else: attributes stay behind, which
 * only repeat what a body of pubsub says. Its partition key is the group id of the
 * message, or random. Records that Kinesis refuses for now are sent again, and only
 * those. It needs the IAM action {@code kinesis:PutRecords} and no other. Safe for use by
 * many threads.
 *
 * @since 0.1.0
 */
public final class KinesisDestination implements Destination {

	private static final int LONGEST_KEY = 256;

	private final Map<String, StreamOutbox> outboxes = new ConcurrentHashMap<>();

	private final KinesisAsyncClient client;

	private final KinesisDestinationOptions options;

	private final Timekeeper time;

	private final CallTimer timer;

	/**
	 * Publishes by the default options.
	 * @param client the client of Kinesis
	 */
	public KinesisDestination(KinesisAsyncClient client) {
		this(client, KinesisDestinationOptions.DEFAULTS, Timekeeper.shared());
	}

	/**
	 * Publishes.
	 * @param client the client of Kinesis, for the caller to close when nothing is
	 * published any more
	 * @param options the options
	 * @param time the timekeeper, for the caller to close when nothing is published any
	 * more
	 */
	public KinesisDestination(KinesisAsyncClient client, KinesisDestinationOptions options, Timekeeper time) {
		this.client = client;
		this.options = options;
		this.time = time;
		this.timer = new CallTimer(time, options.timeout());
	}

	/**
	 * Finds out early whether an address can be right. Streams are not looked up.
	 * @param address the address of a stream
	 * @throws IllegalArgumentException if it is none, or of another region than the one
	 * that the client asks, which has no endpoint of its own
	 */
	public void check(String address) {
		StreamAddress.parse(address).checkFor(this.client);
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		Set<OutgoingRecord.Key> failed = ConcurrentHashMap.newKeySet();
		List<OutgoingRecord> records = messages.stream().map((message) -> record(message, failed)).toList();
		Map<String, List<OutgoingRecord>> sent = new LinkedHashMap<>();
		for (int i = 0; i < records.size(); i++) {
			if (passes(messages.get(i), records.get(i))) {
				sent.computeIfAbsent(messages.get(i).address(), (address) -> new ArrayList<>()).add(records.get(i));
			}
		}
		sent.forEach((address, list) -> outbox(address).add(list));
		return CompletableFuture.allOf(records.stream().map(OutgoingRecord::result).toArray(CompletableFuture[]::new))
			.thenApply((nothing) -> records.stream().map((record) -> record.result().join()).toList());
	}

	private OutgoingRecord record(OutboundMessage message, Set<OutgoingRecord.Key> failed) {
		String key = this.options.partitionKey().apply(message);
		return OutgoingRecord.of(message, (key != null) ? key : UUID.randomUUID().toString(), this.time.nanos(),
				failed);
	}

	private boolean passes(OutboundMessage message, OutgoingRecord record) {
		Exception fault = faultOf(message, record);
		if (fault != null) {
			record.complete(PublishResult.refused(fault));
			return false;
		}
		return !this.options.ordered() || !record.failsWithEarlier();
	}

	private @Nullable Exception faultOf(OutboundMessage message, OutgoingRecord record) {
		String key = record.key().partition();
		if (key.isEmpty() || key.codePointCount(0, key.length()) > LONGEST_KEY) {
			return new IllegalArgumentException(
					"%s cannot be sent to %s: the partition key has %d characters, not 1 to %d"
						.formatted(message.mediaType(), message.address(), key.length(), LONGEST_KEY));
		}
		if (record.size() > this.options.maxRecordSize()) {
			return new IllegalArgumentException(
					"%s has %d bytes with its partition key, but %s takes %d: publish a reference to the content instead"
						.formatted(message.mediaType(), record.size(), message.address(),
								this.options.maxRecordSize()));
		}
		return faultOf(message.address());
	}

	private static @Nullable Exception faultOf(String address) {
		try {
			StreamAddress.parse(address);
			return null;
		}
		catch (IllegalArgumentException ex) {
			return ex;
		}
	}

	private StreamOutbox outbox(String address) {
		return this.outboxes.computeIfAbsent(address,
				(key) -> new StreamOutbox(
						new PutCall(this.client, StreamAddress.parse(key), this.timer, this.options.timeout()),
						this.options, this.time));
	}

}
