package io.pubsub.dispatch;

import java.util.LinkedHashMap;
import java.util.Map;

import io.pubsub.Outcome;

/**
 * Remembers how many deliveries of a message were handed back untried, so that they do
 * not count against its attempts. Safe for use by many threads.
 */
final class UntriedDeliveries {

	private static final int MAX_MESSAGES = 10_000;

	private final Map<String, Integer> counts = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
			return size() > MAX_MESSAGES;
		}

	};

	synchronized int of(String messageId) {
		return this.counts.getOrDefault(messageId, 0);
	}

	synchronized void note(String messageId, boolean untried, Outcome outcome) {
		if (untried) {
			this.counts.merge(messageId, 1, Integer::sum);
		}
		else if (outcome.kind().isAcknowledged()) {
			this.counts.remove(messageId);
		}
	}

	static boolean isUntried(Outcome outcome) {
		return isCircuitOpen(outcome)
				|| (outcome.kind() == Outcome.Kind.RETRIED && MessageDispatcher.IN_PROGRESS.equals(outcome.reason()));
	}

	static boolean isCircuitOpen(Outcome outcome) {
		return outcome.kind() == Outcome.Kind.RETRIED && MessageDispatcher.CIRCUIT_OPEN.equals(outcome.reason());
	}

}
