package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.internal.BlockedSignal;
import io.pubsub.transport.internal.Pump;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * The parts that receive from one queue and settle there, put together for a source and
 * for a consumer alike.
 */
final class QueueParts {

	// A message is in memory a few times while it is read.
	private static final int HEAP_PART = 8;

	private final ChangeSignal changed = new ChangeSignal();

	private final SqsMetrics metrics;

	private final Timekeeper time;

	private final QueueResolver queue;

	private final SqsSourceOptions options;

	private final SqsAcknowledger acknowledger;

	private final Receives receives;

	/**
	 * Makes the parts.
	 * @param client the client, which stays the caller's
	 * @param options the options
	 * @param time the time, of which the parts use a part that ends with them
	 * @param metrics the counts to go on with
	 */
	QueueParts(SqsAsyncClient client, SqsSourceOptions options, Timekeeper time, SqsMetrics metrics) {
		this.metrics = metrics;
		this.time = time.part();
		this.options = options;
		this.queue = new QueueResolver(client, QueueAddress.parse(options.queue()));
		this.acknowledger = new SqsAcknowledger(new BatchRequests(client, this.queue, this.time, metrics), this.queue,
				options.backoff(), options.ackLinger(), this.time, metrics, this.changed);
		this.receives = new Receives(client, this.queue, visibility(options), this.time, metrics);
	}

	private static @Nullable Visibility visibility(SqsSourceOptions options) {
		Duration configured = options.visibilityTimeout();
		return (configured != null) ? Visibility.of(configured) : null;
	}

	QueueResolver queue() {
		return this.queue;
	}

	Timekeeper time() {
		return this.time;
	}

	SqsAcknowledger acknowledger() {
		return this.acknowledger;
	}

	Receives receives() {
		return this.receives;
	}

	/**
	 * Makes the loop of a source. There is one at most.
	 * @param receiver the receiver of what the loop brings
	 * @return the loop, not started
	 */
	ReceiveLoop loop(Receiver receiver) {
		Demand demand = new Demand(this.options.concurrency(), this.options.maxPrefetch(),
				Runtime.getRuntime().maxMemory() / HEAP_PART);
		Heartbeat heartbeat = new Heartbeat(this.acknowledger, this.time, this.options.heartbeat());
		Deliveries deliveries = new Deliveries(receiver, this.queue.address().isFifo(), demand, this.acknowledger,
				heartbeat, this.time, this.changed);
		Surplus surplus = new Surplus(deliveries, demand, this.time);
		ReceiveLoop loop = new ReceiveLoop(this.options, this.receives, demand, deliveries, surplus, this.acknowledger,
				this.time, this.metrics, this.changed);
		Pump pump = new Pump(loop::sendWhatIsDue);
		BlockedSignal blocked = new BlockedSignal(receiver, demand::isBlocked);
		this.changed.connect(() -> {
			pump.run();
			blocked.changed();
		});
		return loop;
	}

	/**
	 * Carries out what is pending and gives up what cannot be carried out in time. What
	 * comes later is sent at once, and once.
	 * @param limit the time that it may take
	 */
	void close(Duration limit) {
		await(limit, this.acknowledger.flush());
		this.time.close();
		this.acknowledger.abandon();
	}

	/**
	 * Waits until the future is done, the time is over or the thread is interrupted,
	 * which it then still is.
	 * @param limit the time to wait at most
	 * @param future the future to wait for
	 * @return {@code true} if the future has succeeded
	 */
	static boolean await(Duration limit, Future<?> future) {
		try {
			future.get(Math.max(limit.toNanos(), 0), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (TimeoutException | ExecutionException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
