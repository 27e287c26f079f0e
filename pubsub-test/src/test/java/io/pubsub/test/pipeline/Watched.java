package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.pubsub.transport.Delivery;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Settlement;
import org.jspecify.annotations.Nullable;

/**
 * A delivery whose settlement is checked against the account of it.
 */
final class Watched implements Delivery {

	private final Delivery delivery;

	private final Ledger ledger;

	private final Token token;

	Watched(Delivery delivery, Ledger ledger) {
		this.delivery = delivery;
		this.ledger = ledger;
		this.token = ledger.token(delivery.message().id(), delivery.attempt());
	}

	/**
	 * Takes the message away from whoever works on it, to be delivered again.
	 */
	void lose() {
		this.token.lose();
		this.delivery.abandon();
	}

	@Override
	public InboundMessage message() {
		return this.delivery.message();
	}

	@Override
	public int attempt() {
		return this.delivery.attempt();
	}

	@Override
	public boolean begin() {
		boolean begun = this.delivery.begin();
		if (begun) {
			this.ledger.begin(message().id(), this.token);
		}
		return begun;
	}

	@Override
	public void park() {
		this.delivery.park();
	}

	@Override
	public boolean unpark() {
		return this.delivery.unpark();
	}

	@Override
	public boolean isLost() {
		return this.delivery.isLost();
	}

	@Override
	public void onLost(Runnable action) {
		this.delivery.onLost(action);
	}

	@Override
	public void ack() {
		this.token.acknowledged();
		this.delivery.ack();
	}

	@Override
	public void ackDeadLetter(String reason) {
		this.token.deadLettered();
		this.delivery.ackDeadLetter(reason);
	}

	@Override
	public void nack(@Nullable Duration delay) {
		this.token.handedBack(delay);
		this.delivery.nack(delay);
	}

	@Override
	public void release(@Nullable Duration delay) {
		this.token.released();
		this.delivery.release(delay);
	}

	@Override
	public void reject(String reason) {
		this.token.deadLettered();
		this.delivery.reject(reason);
	}

	@Override
	public CompletionStage<Settlement> settled() {
		return this.delivery.settled();
	}

	@Override
	public String toString() {
		return this.token.toString();
	}

}
