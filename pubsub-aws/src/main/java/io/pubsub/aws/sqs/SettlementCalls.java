package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.pubsub.time.Timekeeper;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;

/**
 * The two requests that carry out settlements. What leaves after the visibility of its
 * message has ended counts as not carried out, whatever SQS answers: somebody else may
 * have the message. A change of visibility is not even sent then, for it could show or
 * hide the message of that one; a delete is, for the work was done in time.
 */
final class SettlementCalls {

	// A lost answer must be noticed while there is time to ask again.
	private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(5);

	private final SqsAsyncClient client;

	private final QueueResolver queue;

	private final Timekeeper time;

	private final SqsMetrics metrics;

	private final CallTimeout timeout;

	SettlementCalls(SqsAsyncClient client, QueueResolver queue, Timekeeper time, SqsMetrics metrics) {
		this.client = client;
		this.queue = queue;
		this.time = time;
		this.metrics = metrics;
		this.timeout = CallTimeout.canBeOurs(client) ? CallTimeout.ofOurs(LONGEST_ATTEMPT)
				: CallTimeout.ofSdk(LONGEST_ATTEMPT, LONGEST_ATTEMPT);
	}

	CompletableFuture<BatchCall.Answer> delete(List<PendingSettlement> batch) {
		BitSet late = late(batch);
		List<DeleteMessageBatchRequestEntry> entries = IntStream.range(0, batch.size())
			.mapToObj((place) -> DeleteMessageBatchRequestEntry.builder()
				.id(Integer.toString(place))
				.receiptHandle(batch.get(place).receipt().handle())
				.build())
			.toList();
		this.metrics.settlementCalled();
		DeleteMessageBatchRequest request = DeleteMessageBatchRequest.builder()
			.queueUrl(this.queue.resolved().url())
			.entries(entries)
			.overrideConfiguration(this.timeout.onRequest())
			.build();
		return this.timeout.on(this.client.deleteMessageBatch(request))
			.thenApply((response) -> BatchCall.Answer
				.of(batch.size(), response.successful().stream().map(DeleteMessageBatchResultEntry::id).toList(),
						response.failed())
				.without(late));
	}

	CompletableFuture<BatchCall.Answer> changeVisibility(List<PendingSettlement> batch) {
		BitSet late = late(batch);
		List<ChangeMessageVisibilityBatchRequestEntry> entries = IntStream.range(0, batch.size())
			.filter((place) -> !late.get(place))
			.mapToObj((place) -> ChangeMessageVisibilityBatchRequestEntry.builder()
				.id(Integer.toString(place))
				.receiptHandle(batch.get(place).receipt().handle())
				.visibilityTimeout(batch.get(place).visibilitySeconds())
				.build())
			.toList();
		if (entries.isEmpty()) {
			return CompletableFuture.completedFuture(BatchCall.Answer.hopeless(late));
		}
		this.metrics.settlementCalled();
		ChangeMessageVisibilityBatchRequest request = ChangeMessageVisibilityBatchRequest.builder()
			.queueUrl(this.queue.resolved().url())
			.entries(entries)
			.overrideConfiguration(this.timeout.onRequest())
			.build();
		return this.timeout.on(this.client.changeMessageVisibilityBatch(request))
			.thenApply((response) -> BatchCall.Answer
				.of(batch.size(),
						response.successful().stream().map(ChangeMessageVisibilityBatchResultEntry::id).toList(),
						response.failed())
				.without(late));
	}

	private BitSet late(List<PendingSettlement> batch) {
		long now = this.time.nanos();
		BitSet late = new BitSet();
		IntStream.range(0, batch.size()).filter((place) -> batch.get(place).receipt().isOver(now)).forEach(late::set);
		return late;
	}

}
