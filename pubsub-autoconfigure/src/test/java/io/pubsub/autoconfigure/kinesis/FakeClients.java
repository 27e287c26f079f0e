package io.pubsub.autoconfigure.kinesis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;

/**
 * Clients that take everything, and remember who took it.
 */
final class FakeClients {

	private final List<String> published = new CopyOnWriteArrayList<>();

	List<String> published() {
		return this.published;
	}

	KinesisAsyncClient kinesis() {
		return new KinesisAsyncClient() {

			@Override
			public String serviceName() {
				return SERVICE_NAME;
			}

			@Override
			public CompletableFuture<PutRecordsResponse> putRecords(PutRecordsRequest request) {
				FakeClients.this.published.add("kinesis");
				return CompletableFuture.completedFuture(PutRecordsResponse.builder()
					.records(PutRecordsResultEntry.builder().shardId("shard").sequenceNumber("1").build())
					.build());
			}

			@Override
			public void close() {
			}

		};
	}

	SnsAsyncClient sns() {
		return new SnsAsyncClient() {

			@Override
			public String serviceName() {
				return SERVICE_NAME;
			}

			@Override
			public CompletableFuture<PublishResponse> publish(PublishRequest request) {
				FakeClients.this.published.add("sns");
				return CompletableFuture.completedFuture(PublishResponse.builder().messageId("1").build());
			}

			@Override
			public void close() {
			}

		};
	}

}
