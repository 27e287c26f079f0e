package io.pubsub.kinesis.consume;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.pubsub.internal.LogText;
import io.pubsub.kinesis.stream.StreamAddress;
import io.pubsub.kinesis.stream.StreamFailures;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;

/**
 * {@link Source} of the records of a Kinesis stream, read with the Kinesis Client
 * Library: it leases the shards, balances them over all processes of the application, and
 * follows when the stream is resharded.
 * <p>
 * A message is one record, an aggregated one of the producer library opened; its group is
 * the partition key. One record of a key is handed over at a time, in the order of the
 * shard, and again until it is acknowledged: what is behind it waits, other keys go on. A
 * checkpoint never covers a record that is not acknowledged. Attempts are counted in
 * memory, so a record that ends the process comes as the first attempt again. One
 * subscription may be started at a time.
 *
 * @since 0.1.0
 */
public final class KinesisSource implements Source {

	private static final Logger logger = LoggerFactory.getLogger(KinesisSource.class);

	private static final Duration LOOK_UP = Duration.ofSeconds(20);

	private final KinesisMetrics metrics = new KinesisMetrics();

	private final KinesisSourceOptions options;

	private final StreamReader.Factory readers;

	private final Runnable check;

	private final Timekeeper time;

	/**
	 * Makes a source that is not started.
	 * @param kinesis the client of Kinesis, which stays the caller's to close, after the
	 * subscriptions were stopped
	 * @param dynamo the client of DynamoDB, likewise; the leases are in tables that begin
	 * with the name of the application, and are made unless they exist
	 * @param options the options
	 * @param time the time, which stays the caller's to close, after the subscriptions
	 * were stopped
	 * @throws IllegalArgumentException if the stream is in another region than the one
	 * that the client asks, which has no endpoint of its own
	 */
	public KinesisSource(KinesisAsyncClient kinesis, DynamoDbAsyncClient dynamo, KinesisSourceOptions options,
			Timekeeper time) {
		this(options, new SchedulerFactory(kinesis, dynamo, options), () -> lookUp(kinesis, options.stream()), time);
		options.stream().checkFor(kinesis);
	}

	/**
	 * Makes a source that is not started.
	 * @param options the options
	 * @param readers the factory of what reads the stream
	 * @param check finds out whether the stream can be read; throws what waiting does not
	 * mend
	 * @param time the time
	 */
	KinesisSource(KinesisSourceOptions options, StreamReader.Factory readers, Runnable check, Timekeeper time) {
		this.options = options;
		this.readers = readers;
		this.check = check;
		this.time = time;
	}

	private static void lookUp(KinesisAsyncClient kinesis, StreamAddress stream) {
		DescribeStreamSummaryRequest request = DescribeStreamSummaryRequest.builder()
			.streamName((stream.arn() != null) ? null : stream.name())
			.streamARN(stream.arn())
			.build();
		try {
			DescribeStreamSummaryResponse unused = CompletableFuture.completedFuture(request)
				.thenComposeAsync(kinesis::describeStreamSummary)
				.orTimeout(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS)
				.join();
		}
		catch (CompletionException ex) {
			RuntimeException failure = StreamFailures.of(stream.toString(), "DescribeStreamSummary", LOOK_UP, ex);
			if (StreamFailures.isLasting(failure)) {
				throw failure;
			}
			logger.warn("Cannot reach stream {} yet, trying again: {}", stream, LogText.of(failure));
		}
	}

	/**
	 * Starts to hand over the records of the stream. A stream that cannot be reached is
	 * tried again until it can.
	 * @param receiver the receiver of the messages
	 * @return the handle on what was started
	 * @throws io.pubsub.kinesis.stream.StreamNotFoundException if the stream does not
	 * exist; it is never created
	 * @throws io.pubsub.kinesis.stream.StreamAccessDeniedException if the stream may not
	 * be read
	 */
	@Override
	public Subscription start(Receiver receiver) {
		return start(receiver, Integer.MAX_VALUE);
	}

	@Override
	public Subscription start(Receiver receiver, int limit) {
		this.check.run();
		Timekeeper part = this.time.part();
		Shards shards = new Shards(this.options, receiver, limit, part);
		KinesisSubscription subscription = new KinesisSubscription(this.options.stream().toString(), this.readers,
				shards, part);
		logger.info("Receiving from stream {} as {}, one of the application {}", this.options.stream(),
				this.options.worker(), this.options.application());
		subscription.start();
		this.metrics.add(shards);
		CompletionStage<Void> unused = subscription.exhausted().thenRun(() -> this.metrics.remove(shards));
		return subscription;
	}

	/**
	 * How the shards are doing.
	 * @return the metrics of all subscriptions of this source
	 */
	public KinesisMetrics metrics() {
		return this.metrics;
	}

}
