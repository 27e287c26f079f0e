package io.pubsub.aws.sqs;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers how often a message was received here and went back before any receiver began
 * it, of the latest messages if there are too many: such a delivery was no attempt.
 * <p>
 * Safe for use by many threads.
 */
final class UnseenDeliveries {

	private final Map<String, Integer> counts;

	UnseenDeliveries(int capacity) {
		this.counts = new LinkedHashMap<>() {

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
				return size() > capacity;
			}

		};
	}

	synchronized void add(String messageId) {
		Integer before = this.counts.remove(messageId);
		// Put again at the end, as the latest.
		this.counts.put(messageId, (before != null) ? before + 1 : 1);
	}

	synchronized int of(String messageId) {
		return this.counts.getOrDefault(messageId, 0);
	}

	synchronized void forget(String messageId) {
		this.counts.remove(messageId);
	}

}
