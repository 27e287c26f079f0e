package io.pubsub.transport.internal;

import java.util.LinkedHashMap;
import java.util.Map;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Counts something of messages by their ids, of the latest messages if there are too
 * many.
 * <p>
 * Safe for use by many threads.
 */
public final class MessageCounts {

	@GuardedBy("this")
	private final Map<String, Integer> counts;

	/**
	 * Makes counts that are all zero.
	 * @param capacity the largest number of messages whose counts are kept
	 */
	public MessageCounts(int capacity) {
		this.counts = new LinkedHashMap<>() {

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
				return size() > capacity;
			}

		};
	}

	/**
	 * Counts one more.
	 * @param messageId the id of the message
	 */
	public synchronized void add(String messageId) {
		Integer before = this.counts.remove(messageId);
		// Put again at the end, as the latest.
		this.counts.put(messageId, (before != null) ? before + 1 : 1);
	}

	/**
	 * The count of a message.
	 * @param messageId the id of the message
	 * @return the count; 0 if none is kept
	 */
	public synchronized int of(String messageId) {
		return this.counts.getOrDefault(messageId, 0);
	}

	/**
	 * Forgets the count of a message.
	 * @param messageId the id of the message
	 */
	public synchronized void forget(String messageId) {
		this.counts.remove(messageId);
	}

}
