package io.pubsub.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.pubsub.time.Timekeeper;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;

/**
 * {@link Source} of an endless queue, of which each receive takes a while: what was asked
 * for before the limit changes still comes.
 */
final class FetchingSource implements Source, Subscription, TrackedDelivery.Settler {

	private static final int BATCH = 10;

	private static final int MOST_RECEIVES = 3;

	final List<Duration> delays = new ArrayList<>();

	private final Timekeeper time;

	private final Duration latency;

	private final int slots;

	private @Nullable Receiver receiver;

	private int limit;

	private int receives;

	private int asked;

	private int inFlight;

	private int arrived;

	FetchingSource(Timekeeper time, Duration latency, int slots) {
		this.time = time;
		this.latency = latency;
		this.slots = slots;
	}

	/**
	 * The number of messages that were asked for.
	 * @return the number since the start
	 */
	int asked() {
		return this.arrived + this.asked;
	}

	@Override
	public Subscription start(Receiver receiver) {
		return start(receiver, Integer.MAX_VALUE);
	}

	@Override
	public Subscription start(Receiver receiver, int limit) {
		this.receiver = receiver;
		limit(limit);
		return this;
	}

	private void ask() {
		int free = Math.min(this.slots, this.limit) - this.inFlight - this.asked;
		while (free > 0 && this.receives < MOST_RECEIVES) {
			int batch = Math.min(free, BATCH);
			this.receives++;
			this.asked += batch;
			this.time.after(this.latency, () -> answered(batch));
			free -= batch;
		}
	}

	private void answered(int batch) {
		this.receives--;
		this.asked -= batch;
		this.inFlight += batch;
		for (int i = 0; i < batch; i++) {
			this.arrived++;
			this.receiver.receive(new TrackedDelivery(new InboundMessage("" + this.arrived, "{}"), 1, this));
		}
		ask();
	}

	private void leave(TrackedDelivery delivery, Settlement settlement) {
		this.inFlight--;
		delivery.complete(settlement);
		ask();
	}

	@Override
	public void ack(TrackedDelivery delivery) {
		leave(delivery, Settlement.ACKED);
	}

	@Override
	public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
		leave(delivery, Settlement.NACKED);
	}

	@Override
	public void release(TrackedDelivery delivery, @Nullable Duration delay) {
		this.delays.add(delay);
		nack(delivery, delay);
	}

	@Override
	public void limit(int messages) {
		this.limit = messages;
		ask();
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
	public void concurrency(int concurrency) {
	}

	@Override
	public void stop(Duration drain) {
		limit(0);
	}

	@Override
	public CompletionStage<Void> exhausted() {
		return new CompletableFuture<>();
	}

	@Override
	public State state() {
		return (this.limit == 0) ? State.PAUSED : State.RECEIVING;
	}

	@Override
	public int inFlight() {
		return this.inFlight;
	}

}
