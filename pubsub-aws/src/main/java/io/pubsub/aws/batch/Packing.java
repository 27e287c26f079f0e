package io.pubsub.aws.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the messages for one address into batches, by count and by bytes.
 */
final class Packing {

	private static final int ENTRIES = 10;

	private Packing() {
	}

	/**
	 * Fills one batch after the other in the given order.
	 * @param entries the messages
	 * @param maxBytes the number of bytes that a batch may have
	 * @return the batches
	 */
	static List<List<Entry>> pack(List<Entry> entries, int maxBytes) {
		List<List<Entry>> batches = new ArrayList<>();
		List<Entry> batch = new ArrayList<>();
		long bytes = 0;
		for (Entry entry : entries) {
			if (!batch.isEmpty() && (batch.size() == ENTRIES || bytes + entry.size() > maxBytes)) {
				batches.add(batch);
				batch = new ArrayList<>();
				bytes = 0;
			}
			batch.add(entry);
			bytes += entry.size();
		}
		if (!batch.isEmpty()) {
			batches.add(batch);
		}
		return batches;
	}

	/**
	 * Fills batches that are to be sent one after the other, none with two messages of
	 * one group: an entry that fails and is sent again must not be overtaken by a later
	 * one of its group.
	 * @param entries the messages
	 * @param maxBytes the number of bytes that a batch may have
	 * @return the batches
	 */
	static List<List<Entry>> packInOrder(List<Entry> entries, int maxBytes) {
		Map<Entry.Group, Deque<Entry>> groups = new LinkedHashMap<>();
		entries.forEach((entry) -> groups.computeIfAbsent(entry.group(), (group) -> new ArrayDeque<>()).add(entry));
		List<List<Entry>> batches = new ArrayList<>();
		Deque<Deque<Entry>> waiting = new ArrayDeque<>(groups.values());
		while (!waiting.isEmpty()) {
			List<Entry> round = new ArrayList<>();
			for (int turns = waiting.size(); turns > 0; turns--) {
				Deque<Entry> group = waiting.remove();
				round.add(group.remove());
				if (!group.isEmpty()) {
					waiting.add(group);
				}
			}
			batches.addAll(pack(round, maxBytes));
		}
		return batches;
	}

}
