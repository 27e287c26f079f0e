package io.pubsub.kinesis.consume;

import java.time.Duration;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.transport.HandOver;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;

/**
 * A record that is received and not settled: it is handed over, and once more after each
 * time that it is handed back.
 */
final class StreamRecord implements TrackedDelivery.Settler {

	private final InboundMessage message;

	private final Checkpoints.Mark mark;

	private final Shard shard;

	@GuardedBy("this")
	private int attempts;

	@GuardedBy("this")
	private @Nullable Long failing;

	/**
	 * Makes a record that was not tried.
	 * @param message the message
	 * @param mark its mark among those of its shard
	 * @param shard the shard
	 */
	StreamRecord(InboundMessage message, Checkpoints.Mark mark, Shard shard) {
		this.message = message;
		this.mark = mark;
		this.shard = shard;
	}

	String key() {
		return String.valueOf(this.message.groupId());
	}

	Checkpoints.Mark mark() {
		return this.mark;
	}

	/**
	 * Hands the record over.
	 * @param receiver the receiver
	 * @return {@code false} if its shard is not ours any more
	 */
	boolean handOver(Receiver receiver) {
		TrackedDelivery delivery = new TrackedDelivery(this.message, nextAttempt(), this);
		if (!this.shard.open(delivery)) {
			return false;
		}
		HandOver.of(delivery, receiver);
		return true;
	}

	private synchronized int nextAttempt() {
		return this.shard.rules().next(this.attempts, failingFor());
	}

	/**
	 * How long the record has been failing.
	 * @return the time since it was handed back for the first time; zero if it was not
	 */
	synchronized Duration failingFor() {
		return (this.failing != null) ? Duration.ofNanos(this.shard.nanos() - this.failing) : Duration.ZERO;
	}

	private synchronized Duration failed(int attempts, @Nullable Duration asked) {
		this.attempts = attempts;
		if (this.failing == null) {
			this.failing = this.shard.nanos();
		}
		return this.shard.rules().delay(Math.max(attempts, 1), asked, failingFor());
	}

	@Override
	public void checkHold(TrackedDelivery delivery) {
		this.shard.checkHold();
	}

	@Override
	public void ack(TrackedDelivery delivery) {
		this.shard.acknowledged(this, delivery);
	}

	@Override
	public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
		this.shard.handedBack(this, delivery, failed(delivery.attempt(), delay));
	}

	@Override
	public void release(TrackedDelivery delivery, @Nullable Duration delay) {
		this.shard.handedBack(this, delivery, failed(delivery.attempt() - 1, delay));
	}

	// The work goes on, so its slot stays taken.
	@Override
	public void abandoned(TrackedDelivery delivery) {
		this.shard.abandoned(this, delivery, failed(delivery.attempt(), null));
	}

	@Override
	public void refused(TrackedDelivery delivery) {
		this.shard.refused();
	}

}
