package io.pubsub.benchmarks.consume;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/**
 * Deletes messages ten at a time, and what is left every 50 ms.
 */
final class RawDeletes {

	private static final Logger logger = LoggerFactory.getLogger(RawDeletes.class);

	private static final int BATCH = 10;

	private static final long LINGER_MILLIS = 50;

	private final SqsAsyncClient client;

	private final String queueUrl;

	@GuardedBy("this")
	private List<String> waiting = new ArrayList<>(BATCH);

	RawDeletes(SqsAsyncClient client, String queueUrl) {
		this.client = client;
		this.queueUrl = queueUrl;
		ScheduledFuture<?> unused = Executors.newSingleThreadScheduledExecutor()
			.scheduleWithFixedDelay(() -> send(take()), LINGER_MILLIS, LINGER_MILLIS, TimeUnit.MILLISECONDS);
	}

	void add(String receiptHandle) {
		List<String> full = List.of();
		synchronized (this) {
			this.waiting.add(receiptHandle);
			if (this.waiting.size() == BATCH) {
				full = take();
			}
		}
		send(full);
	}

	private synchronized List<String> take() {
		List<String> taken = this.waiting;
		this.waiting = new ArrayList<>(BATCH);
		return taken;
	}

	private void send(List<String> receiptHandles) {
		if (receiptHandles.isEmpty()) {
			return;
		}
		List<DeleteMessageBatchRequestEntry> entries = IntStream.range(0, receiptHandles.size())
			.mapToObj((place) -> DeleteMessageBatchRequestEntry.builder()
				.id(String.valueOf(place))
				.receiptHandle(receiptHandles.get(place))
				.build())
			.toList();
		this.client.deleteMessageBatch((request) -> request.queueUrl(this.queueUrl).entries(entries))
			.exceptionally((failure) -> {
				logger.error("{} messages were not deleted", entries.size(), failure);
				return null;
			});
	}

}
