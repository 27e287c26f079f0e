package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import io.pubsub.internal.DurationText;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue that is being received from.
 */
final class SqsSubscription implements Subscription {

	private static final Logger logger = LoggerFactory.getLogger(SqsSubscription.class);

	// What settlements get when the drain has used up its time.
	private static final Duration SHORTEST_FLUSH = Duration.ofSeconds(2);

	private final AtomicBoolean stopping = new AtomicBoolean();

	private final CompletableFuture<Void> stopped = new CompletableFuture<>();

	private final QueueParts parts;

	private final QueueAddress queue;

	private final ReceiveLoop loop;

	private final Timekeeper time;

	/**
	 * Makes a subscription.
	 * @param parts the parts, which end with it
	 * @param loop the loop, made of them
	 */
	SqsSubscription(QueueParts parts, ReceiveLoop loop) {
		this.parts = parts;
		this.queue = parts.queue().address();
		this.loop = loop;
		this.time = parts.time();
	}

	@Override
	public void pause() {
		limit(0);
	}

	@Override
	public void resume() {
		limit(Integer.MAX_VALUE);
	}

	@Override
	public void limit(int messages) {
		this.loop.limit(messages);
	}

	@Override
	public void concurrency(int concurrency) {
		this.loop.concurrency(SqsLimits.checkConcurrency(concurrency));
	}

	@Override
	public void stop(Duration drain) {
		if (this.stopping.compareAndSet(false, true)) {
			try {
				stopOnce(drain);
			}
			finally {
				this.stopped.complete(null);
			}
		}
		else {
			this.stopped.join();
		}
	}

	private void stopOnce(Duration drain) {
		long deadline = this.time.nanos() + drain.toNanos();
		CompletableFuture<Void> idle = this.loop.stop();
		this.parts.acknowledger().hurryHandBacks();
		boolean drained = QueueParts.await(drain, idle);
		int left = this.loop.inFlight();
		QueueParts.await(Duration.ofNanos(deadline - this.time.nanos()), this.loop.openReceives());
		Duration rest = Duration.ofNanos(deadline - this.time.nanos());
		this.parts.close((rest.compareTo(SHORTEST_FLUSH) > 0) ? rest : SHORTEST_FLUSH);
		if (drained) {
			logger.info("Stopped receiving from queue {}", this.queue);
		}
		else {
			logger.warn(
					"Stopped receiving from queue {} with {} messages unsettled after {}: they will be delivered again",
					this.queue, left, DurationText.of(drain));
		}
	}

	@Override
	public CompletionStage<Void> exhausted() {
		return this.stopped.minimalCompletionStage();
	}

	@Override
	public State state() {
		return this.loop.state();
	}

	@Override
	public int inFlight() {
		return this.loop.inFlight();
	}

}
