package io.pubsub.test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.HandOver;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.Subscription;
import io.pubsub.transport.TrackedDelivery;
import io.pubsub.transport.internal.BlockedSignal;
import io.pubsub.transport.internal.Drain;
import org.jspecify.annotations.Nullable;

/**
 * One consumer of an {@link InMemoryQueue}. A delivery belongs to it from when it is
 * taken until it leaves the set of those in flight; whoever removes it there decides what
 * becomes of it.
 */
final class InMemorySubscription implements Subscription, TrackedDelivery.Settler {

	private final InMemoryQueue queue;

	private final Receiver receiver;

	private final BackoffPolicy backoff;

	private final Set<TrackedDelivery> inFlight = ConcurrentHashMap.newKeySet();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final BlockedSignal blocked;

	@GuardedBy("this")
	private boolean stopped;

	@GuardedBy("this")
	private int slots;

	@GuardedBy("this")
	private int limit;

	InMemorySubscription(InMemoryQueue queue, Receiver receiver, int slots, int limit, BackoffPolicy backoff) {
		this.queue = queue;
		this.receiver = receiver;
		this.slots = slots;
		this.limit = limit;
		this.backoff = backoff;
		this.blocked = new BlockedSignal(receiver, this::isFull);
	}

	private synchronized boolean isFull() {
		return this.inFlight.size() >= Math.min(this.slots, this.limit);
	}

	void tellIfBlocked() {
		this.blocked.changed();
	}

	synchronized @Nullable TrackedDelivery take(InboundMessage message, int attempt) {
		if (this.stopped || isFull()) {
			return null;
		}
		TrackedDelivery delivery = new TrackedDelivery(message, attempt, this);
		this.inFlight.add(delivery);
		return delivery;
	}

	void handOver(TrackedDelivery delivery) {
		HandOver.of(delivery, this.receiver);
	}

	@Override
	public void ack(TrackedDelivery delivery) {
		if (this.inFlight.remove(delivery)) {
			this.queue.acknowledged();
			delivery.complete(Settlement.ACKED);
			this.queue.handOver();
		}
	}

	@Override
	public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
		putBack(delivery, delivery.attempt(), delay);
	}

	@Override
	public void release(TrackedDelivery delivery, @Nullable Duration delay) {
		putBack(delivery, delivery.attempt() - 1, delay);
	}

	private void putBack(TrackedDelivery delivery, int attempts, @Nullable Duration delay) {
		if (this.inFlight.remove(delivery)) {
			this.queue.putBack(delivery, attempts, (delay != null) ? delay : this.backoff.delay(delivery.attempt()));
			delivery.complete(Settlement.NACKED);
			this.queue.handOver();
		}
	}

	@Override
	public void concurrency(int concurrency) {
		synchronized (this) {
			this.slots = concurrency;
		}
		this.queue.handOver();
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
		synchronized (this) {
			this.limit = messages;
		}
		this.queue.handOver();
	}

	@Override
	public void stop(Duration drain) {
		if (!enterStop()) {
			this.ended.join();
			return;
		}
		Drain.of(List.copyOf(this.inFlight), this::takenBack, drain);
		abandon();
		this.queue.ended(this);
		this.ended.complete(null);
	}

	private synchronized boolean enterStop() {
		boolean first = !this.stopped;
		this.stopped = true;
		return first;
	}

	private void takenBack(TrackedDelivery delivery) {
		putBack(delivery, delivery.attempt() - 1, Duration.ZERO);
	}

	private void abandon() {
		for (TrackedDelivery delivery : List.copyOf(this.inFlight)) {
			if (this.inFlight.remove(delivery)) {
				this.queue.abandon(delivery);
				delivery.complete(Settlement.LOST);
			}
		}
	}

	@Override
	public CompletionStage<Void> exhausted() {
		return this.ended.minimalCompletionStage();
	}

	@Override
	public synchronized State state() {
		if (this.stopped) {
			return State.STOPPED;
		}
		return (this.limit == 0) ? State.PAUSED : State.RECEIVING;
	}

	@Override
	public int inFlight() {
		return this.inFlight.size();
	}

}
