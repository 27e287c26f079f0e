package io.pubsub.aws.sqs;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a source or consumer has counted since it was made.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class SqsMetrics {

	private final LongAdder receives = new LongAdder();

	private final LongAdder receiveFailures = new LongAdder();

	private final LongAdder messages = new LongAdder();

	private final LongAdder settlementCalls = new LongAdder();

	private final LongAdder settlementRetries = new LongAdder();

	private final LongAdder lostSettlements = new LongAdder();

	private final LongAdder rememberedDeletes = new LongAdder();

	private final LongAdder lostMessages = new LongAdder();

	private final LongAdder refusedSettlements = new LongAdder();

	SqsMetrics() {
	}

	/**
	 * The receive requests that were sent.
	 * @return the number until now
	 */
	public long receives() {
		return this.receives.sum();
	}

	/**
	 * The receive requests that failed.
	 * @return the number until now
	 */
	public long receiveFailures() {
		return this.receiveFailures.sum();
	}

	/**
	 * The messages that were received.
	 * @return the number until now
	 */
	public long messages() {
		return this.messages.sum();
	}

	/**
	 * The requests that carried out settlements, each for up to ten.
	 * @return the number until now
	 */
	public long settlementCalls() {
		return this.settlementCalls.sum();
	}

	/**
	 * The settlements that had to be sent again.
	 * @return the number until now
	 */
	public long settlementRetries() {
		return this.settlementRetries.sum();
	}

	/**
	 * The settlements that could not be carried out while the message was ours.
	 * @return the number until now
	 */
	public long lostSettlements() {
		return this.lostSettlements.sum();
	}

	/**
	 * The messages that came again after they had been acknowledged, and were only
	 * deleted.
	 * @return the number until now
	 */
	public long rememberedDeletes() {
		return this.rememberedDeletes.sum();
	}

	/**
	 * The messages that ceased to be ours while they were in flight: their visibility
	 * could not be extended. Handlers at work on them were interrupted.
	 * @return the number until now
	 */
	public long lostMessages() {
		return this.lostMessages.sum();
	}

	/**
	 * The acknowledgements and hand-backs that were refused, because the message had been
	 * lost before.
	 * @return the number until now
	 */
	public long refusedSettlements() {
		return this.refusedSettlements.sum();
	}

	void receiveSent() {
		this.receives.increment();
	}

	void receiveFailed() {
		this.receiveFailures.increment();
	}

	void messagesReceived(int count) {
		this.messages.add(count);
	}

	void settlementCalled() {
		this.settlementCalls.increment();
	}

	void settlementsRetried(int count) {
		this.settlementRetries.add(count);
	}

	void settlementLost() {
		this.lostSettlements.increment();
	}

	void rememberedDelete() {
		this.rememberedDeletes.increment();
	}

	void messageLost() {
		this.lostMessages.increment();
	}

	void settlementRefused() {
		this.refusedSettlements.increment();
	}

}
