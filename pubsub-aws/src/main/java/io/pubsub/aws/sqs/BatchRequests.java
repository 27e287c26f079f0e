package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.pubsub.time.Timekeeper;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;

/**
 * The two requests that carry out entries, up to ten each. What leaves after the
 * visibility of its message has ended counts as not carried out, whatever SQS answers:
 * somebody else may have the message. A change of visibility is not even sent then, for
 * it could show or hide the message of that one; a delete is, for the work was done in
 * time.
 */
final class BatchRequests {

	// A lost answer must be noticed while there is time to ask again.
	private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(5);

	private final SqsAsyncClient client;

	private final QueueResolver queue;

	private final Timekeeper time;

	private final SqsMetrics metrics;

	private final RequestTimeout timeout;

	BatchRequests(SqsAsyncClient client, QueueResolver queue, Timekeeper time, SqsMetrics metrics) {
		this.client = client;
		this.queue = queue;
		this.time = time;
		this.metrics = metrics;
		this.timeout = RequestTimeout.canBeOurs(client) ? RequestTimeout.ofOurs(LONGEST_ATTEMPT, time)
				: RequestTimeout.ofSdk(LONGEST_ATTEMPT, LONGEST_ATTEMPT);
	}

	CompletableFuture<Answer> delete(List<Entry> batch) {
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
			.thenApply((response) -> Answer
				.of(batch.size(), response.successful().stream().map(DeleteMessageBatchResultEntry::id).toList(),
						response.failed())
				.without(late));
	}

	CompletableFuture<Answer> changeVisibility(List<Entry> batch) {
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
			return CompletableFuture.completedFuture(Answer.hopeless(late));
		}
		this.metrics.settlementCalled();
		ChangeMessageVisibilityBatchRequest request = ChangeMessageVisibilityBatchRequest.builder()
			.queueUrl(this.queue.resolved().url())
			.entries(entries)
			.overrideConfiguration(this.timeout.onRequest())
			.build();
		return this.timeout.on(this.client.changeMessageVisibilityBatch(request))
			.thenApply((response) -> Answer
				.of(batch.size(),
						response.successful().stream().map(ChangeMessageVisibilityBatchResultEntry::id).toList(),
						response.failed())
				.without(late));
	}

	private BitSet late(List<Entry> batch) {
		long now = this.time.nanos();
		BitSet late = new BitSet();
		IntStream.range(0, batch.size()).filter((place) -> batch.get(place).receipt().isOver(now)).forEach(late::set);
		return late;
	}

	/**
	 * The answer of SQS to a batch: an entry of which it says nothing counts as not
	 * carried out, and what it says of entries that were not sent counts as nothing.
	 *
	 * @param done the places of the entries that were carried out
	 * @param hopeless the places of the entries that never will be
	 */
	record Answer(BitSet done, BitSet hopeless) {

		static Answer of(int size, List<String> doneIds, List<BatchResultErrorEntry> failures) {
			BitSet done = new BitSet();
			BitSet hopeless = new BitSet();
			List<String> failedIds = failures.stream()
				.filter(Answer::isHopeless)
				.map(BatchResultErrorEntry::id)
				.toList();
			for (int place = 0; place < size; place++) {
				done.set(place, doneIds.contains(Integer.toString(place)));
				hopeless.set(place, failedIds.contains(Integer.toString(place)));
			}
			return new Answer(done, hopeless);
		}

		static Answer hopeless(BitSet hopeless) {
			return new Answer(new BitSet(), hopeless);
		}

		/**
		 * The same, but with entries that count as hopeless.
		 * @param entries the places of the entries
		 * @return the answer
		 */
		Answer without(BitSet entries) {
			this.done.andNot(entries);
			this.hopeless.or(entries);
			return this;
		}

		// The code comes with the prefix AWS.SimpleQueueService. from some endpoints.
		private static boolean isHopeless(BatchResultErrorEntry failure) {
			String code = String.valueOf(failure.code());
			return Boolean.TRUE.equals(failure.senderFault()) && (code.endsWith("ReceiptHandleIsInvalid")
					|| code.endsWith("MessageNotInflight") || code.endsWith("InvalidParameterValue"));
		}

	}

}
