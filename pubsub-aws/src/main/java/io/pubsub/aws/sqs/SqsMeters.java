package io.pubsub.aws.sqs;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Shows {@link SqsMetrics} as the counters {@code pubsub.sqs.*} of Micrometer.
 *
 * @since 0.1.0
 */
public final class SqsMeters implements MeterBinder {

	private final SqsMetrics metrics;

	/**
	 * Makes a binder.
	 * @param metrics the counts of a source
	 */
	public SqsMeters(SqsMetrics metrics) {
		this.metrics = metrics;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bind(registry, "receives", SqsMetrics::receives, "Receive requests that were sent");
		bind(registry, "receive.failures", SqsMetrics::receiveFailures, "Receive requests that failed");
		bind(registry, "messages", SqsMetrics::messages, "Messages that were received");
		bind(registry, "settlement.calls", SqsMetrics::settlementCalls, "Requests that carried out settlements");
		bind(registry, "settlement.retries", SqsMetrics::settlementRetries, "Settlements that had to be sent again");
		bind(registry, "settlements.lost", SqsMetrics::lostSettlements,
				"Settlements that could not be carried out in time: the message comes again");
		bind(registry, "deletes.remembered", SqsMetrics::rememberedDeletes,
				"Messages that came again after they had been acknowledged, and were only deleted");
		bind(registry, "messages.lost", SqsMetrics::lostMessages,
				"Messages that ceased to be ours while they were in flight");
		bind(registry, "settlements.refused", SqsMetrics::refusedSettlements,
				"Settlements that were refused, because the message had been lost before");
	}

	private void bind(MeterRegistry registry, String name, ToDoubleFunction<SqsMetrics> count, String description) {
		FunctionCounter.builder("pubsub.sqs." + name, this.metrics, count).description(description).register(registry);
	}

}
