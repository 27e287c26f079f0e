package io.pubsub.aws.sqs;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the messages that were acknowledged and not deleted yet, the latest of them
 * if there are too many: when one is received again it needs only to be deleted.
 * <p>
 * Safe for use by many threads.
 */
final class DoneMemory {

	private final Map<String, Boolean> ids;

	DoneMemory(int capacity) {
		this.ids = new LinkedHashMap<>() {

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
				return size() > capacity;
			}

		};
	}

	synchronized void remember(String messageId) {
		// Put again at the end, as the latest.
		this.ids.remove(messageId);
		this.ids.put(messageId, true);
	}

	synchronized void forget(String messageId) {
		this.ids.remove(messageId);
	}

	synchronized boolean remembers(String messageId) {
		return this.ids.containsKey(messageId);
	}

}
