package io.pubsub.aws.sqs;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;

/**
 * What a source or consumer has counted since it was made, also as counters of
 * Micrometer.
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

	/**
	 * Shows the counts as the counters {@code pubsub.sqs.*}. As a method reference, this
	 * is a {@code MeterBinder}; Micrometer is needed for nothing else here.
	 * @param registry the registry
	 */
	public void bindTo(MeterRegistry registry) {
		bindTo(registry, List.of());
	}

	/**
	 * Shows the counts as the counters {@code pubsub.sqs.*} with tags, which tell one
	 * source from another.
	 * @param registry the registry
	 * @param tags the tags; those of all sources in a registry must have the same keys
	 */
	public void bindTo(MeterRegistry registry, Iterable<Tag> tags) {
		bind(registry, tags, "receives", SqsMetrics::receives, "Receive requests that were sent");
		bind(registry, tags, "receive.failures", SqsMetrics::receiveFailures, "Receive requests that failed");
		bind(registry, tags, "messages", SqsMetrics::messages, "Messages that were received");
		bind(registry, tags, "settlement.calls", SqsMetrics::settlementCalls, "Requests that carried out settlements");
		bind(registry, tags, "settlement.retries", SqsMetrics::settlementRetries,
				"Settlements that had to be sent again");
		bind(registry, tags, "settlements.lost", SqsMetrics::lostSettlements,
				"Settlements that could not be carried out in time: the message comes again");
		bind(registry, tags, "deletes.remembered", SqsMetrics::rememberedDeletes,
				"Messages that came again after they had been acknowledged, and were only deleted");
		bind(registry, tags, "messages.lost", SqsMetrics::lostMessages,
				"Messages that ceased to be ours while they were in flight");
		bind(registry, tags, "settlements.refused", SqsMetrics::refusedSettlements,
				"Settlements that were refused, because the message had been lost before");
	}

	private void bind(MeterRegistry registry, Iterable<Tag> tags, String name, ToDoubleFunction<SqsMetrics> count,
			String description) {
		FunctionCounter.builder("pubsub.sqs." + name, this, count)
			.description(description)
			.tags(tags)
			.register(registry);
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
