package io.pubsub.kinesis.consume;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;

/**
 * The events of a shard, of which none is sent before it is asked for.
 */
final class PushedShard implements Publisher<SubscribeToShardEventStream>, Subscription {

	private static final int MOST_EVENTS = 10;

	private static final Executor LATER = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);

	private final AtomicBoolean ended = new AtomicBoolean();

	private final AtomicReference<@Nullable Subscriber<? super SubscribeToShardEventStream>> subscriber = new AtomicReference<>();

	private final KinesisAsyncClient server;

	private final CompletableFuture<Void> end;

	private CompletableFuture<String> iterator;

	private String position;

	private int events;

	PushedShard(KinesisAsyncClient server, String iterator, StartingPosition start, CompletableFuture<Void> end) {
		this.server = server;
		this.iterator = CompletableFuture.completedFuture(iterator);
		this.position = (start.sequenceNumber() != null) ? start.sequenceNumber() : "0";
		this.end = end;
	}

	@Override
	public void subscribe(Subscriber<? super SubscribeToShardEventStream> subscriber) {
		this.subscriber.set(subscriber);
		subscriber.onSubscribe(this);
	}

	@Override
	public synchronized void request(long count) {
		for (long i = 0; i < count; i++) {
			CompletableFuture<GetRecordsResponse> answer = this.iterator
				.thenComposeAsync((next) -> this.server.getRecords((records) -> records.shardIterator(next)), LATER);
			this.iterator = answer.thenApply((response) -> {
				send(response);
				return response.nextShardIterator();
			});
		}
	}

	private void send(GetRecordsResponse response) {
		Subscriber<? super SubscribeToShardEventStream> receiver = Objects.requireNonNull(this.subscriber.get());
		List<Record> records = response.records();
		if (!records.isEmpty()) {
			this.position = records.get(records.size() - 1).sequenceNumber();
		}
		if (!this.ended.get()) {
			receiver.onNext(SubscribeToShardEventStream.subscribeToShardEventBuilder()
				.records(records)
				.continuationSequenceNumber(this.position)
				.millisBehindLatest(response.millisBehindLatest())
				.build());
		}
		if (++this.events == MOST_EVENTS && this.ended.compareAndSet(false, true)) {
			receiver.onComplete();
			this.end.complete(null);
		}
	}

	@Override
	public void cancel() {
		this.ended.set(true);
		this.end.complete(null);
	}

}
