package io.pubsub.kinesis.consume;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardRequest;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponse;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/**
 * A {@link KinesisAsyncClient} of a server that knows all calls of enhanced fan-out but
 * the one that pushes records: this is answered with what polling the server brings, and
 * ends after a few answers, as the real one does after five minutes.
 */
final class PushingKinesis implements InvocationHandler {

	private final AtomicInteger subscriptions = new AtomicInteger();

	private final KinesisAsyncClient server;

	private final String stream;

	PushingKinesis(KinesisAsyncClient server, String stream) {
		this.server = server;
		this.stream = stream;
	}

	KinesisAsyncClient client() {
		return (KinesisAsyncClient) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { KinesisAsyncClient.class }, this);
	}

	int subscriptions() {
		return this.subscriptions.get();
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		if (arguments != null && arguments[0] instanceof SubscribeToShardRequest request) {
			return subscribe(request, (SubscribeToShardResponseHandler) arguments[1]);
		}
		try {
			return method.invoke(this.server, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private CompletableFuture<Void> subscribe(SubscribeToShardRequest request,
			SubscribeToShardResponseHandler handler) {
		this.subscriptions.incrementAndGet();
		CompletableFuture<Void> ended = new CompletableFuture<>();
		StartingPosition start = request.startingPosition();
		return this.server
			.getShardIterator((iterator) -> iterator.streamName(this.stream)
				.shardId(request.shardId())
				.shardIteratorType(start.typeAsString())
				.startingSequenceNumber(start.sequenceNumber()))
			.thenAccept((first) -> {
				PushedShard shard = new PushedShard(this.server, first.shardIterator(), start, ended);
				handler.responseReceived((SubscribeToShardResponse) SubscribeToShardResponse.builder()
					.responseMetadata(first.responseMetadata())
					.build());
				handler.onEventStream(SdkPublisher.adapt(shard));
			})
			.thenCompose((nothing) -> ended)
			.thenRun(handler::complete);
	}

}
