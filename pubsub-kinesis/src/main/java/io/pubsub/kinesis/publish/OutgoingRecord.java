package io.pubsub.kinesis.publish;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * A record on its way to a stream.
 *
 * @param key the stream and the partition key
 * @param data the content
 * @param size the size that counts against the limits of Kinesis, in bytes
 * @param since the time at which it was published, of the timekeeper
 * @param failed the keys of the records, published by the same call, that did not arrive
 * @param result the result, once there is one
 */
record OutgoingRecord(Key key, SdkBytes data, int size, long since, Set<Key> failed,
		CompletableFuture<PublishResult> result) {

	/**
	 * Makes the record of a message.
	 * @param message the message
	 * @param partitionKey its partition key
	 * @param since the time, of the timekeeper
	 * @param failed the keys of the records, published by the same call, that did not
	 * arrive
	 * @return the record
	 */
	static OutgoingRecord of(OutboundMessage message, String partitionKey, long since, Set<Key> failed) {
		SdkBytes data = SdkBytes.fromUtf8String(message.body());
		int size = data.asByteArrayUnsafe().length + partitionKey.getBytes(StandardCharsets.UTF_8).length;
		return new OutgoingRecord(new Key(message.address(), partitionKey), data, size, since, failed,
				new CompletableFuture<>());
	}

	PutRecordsRequestEntry entry() {
		return PutRecordsRequestEntry.builder().partitionKey(this.key.partition()).data(this.data).build();
	}

	void complete(PublishResult result) {
		if (!result.isPublished()) {
			this.failed.add(this.key);
		}
		this.result.complete(result);
	}

	/**
	 * Gives the record up if an earlier one of its key, published by the same call, did
	 * not arrive.
	 * @return {@code true} if so
	 */
	boolean failsWithEarlier() {
		boolean fails = this.failed.contains(this.key);
		if (fails) {
			complete(PublishResult
				.failed(new IllegalStateException("not sent, because an earlier message of its key could not be")));
		}
		return fails;
	}

	/**
	 * What keeps records in order.
	 *
	 * @param address the address of the stream
	 * @param partition the partition key
	 */
	record Key(String address, String partition) {

	}

}
