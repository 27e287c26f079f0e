package io.pubsub.aws.sns;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;

/**
 * An {@link SnsAsyncClient} that remembers what it was asked for. It answers a batch in
 * reverse order, refuses entries with the body {@code refused} and says nothing of the
 * first with the body {@code lost}.
 */
final class FakeSns implements SnsAsyncClient {

	private final List<PublishRequest> requests = new ArrayList<>();

	private final List<PublishBatchRequest> batches = new ArrayList<>();

	private @Nullable RuntimeException failure;

	@Override
	public String serviceName() {
		return "sns";
	}

	@Override
	public void close() {
	}

	@Override
	public CompletableFuture<PublishResponse> publish(PublishRequest request) {
		this.requests.add(request);
		if (this.failure != null) {
			return CompletableFuture.failedFuture(this.failure);
		}
		return CompletableFuture.completedFuture(PublishResponse.builder().messageId("single").build());
	}

	@Override
	public CompletableFuture<PublishBatchResponse> publishBatch(PublishBatchRequest request) {
		this.batches.add(request);
		List<PublishBatchResultEntry> successful = new ArrayList<>();
		List<BatchResultErrorEntry> failed = new ArrayList<>();
		for (PublishBatchRequestEntry entry : request.publishBatchRequestEntries()) {
			if (entry.message().equals("refused")) {
				failed.add(0,
						BatchResultErrorEntry.builder()
							.id(entry.id())
							.code("InvalidParameter")
							.message("Invalid parameter")
							.senderFault(true)
							.build());
			}
			else if (!entry.message().equals("lost")) {
				successful.add(0,
						PublishBatchResultEntry.builder().id(entry.id()).messageId("id of " + entry.message()).build());
			}
		}
		return CompletableFuture
			.completedFuture(PublishBatchResponse.builder().successful(successful).failed(failed).build());
	}

	void fail(RuntimeException exception) {
		this.failure = exception;
	}

	List<PublishRequest> requests() {
		return this.requests;
	}

	List<PublishBatchRequest> batches() {
		return this.batches;
	}

}
