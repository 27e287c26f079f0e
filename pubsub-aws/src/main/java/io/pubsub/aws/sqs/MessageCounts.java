package io.pubsub.aws.sqs;

import java.util.LinkedHashMap;
import java.util.Map;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Counts something of messages by their ids, of the latest messages if there are too
 * many.
 * <p>
 * Safe for use by many threads.
 */
final class MessageCounts {

	@GuardedBy("this")
	private final Map<String, Integer> counts;

	MessageCounts(int capacity) {
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
