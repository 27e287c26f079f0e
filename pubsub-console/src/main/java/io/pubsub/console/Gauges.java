package io.pubsub.console;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * Sampled values by the name of what they are of. Safe for use by many threads.
 */
final class Gauges {

	private static final long SLOTS_OF_A_MINUTE = Duration.ofMinutes(1).dividedBy(Slots.LENGTH);

	@GuardedBy("this")
	private final Map<String, NavigableMap<Long, Long>> values = new TreeMap<>();

	/**
	 * Adds a sample. Of several in a slot, the last one counts.
	 * @param name the name
	 * @param slot the slot of the present
	 * @param value the value
	 */
	synchronized void set(String name, long slot, long value) {
		NavigableMap<Long, Long> samples = this.values.computeIfAbsent(name, (key) -> new TreeMap<>());
		samples.put(slot, value);
		samples.headMap(Slots.oldest(slot)).clear();
	}

	/**
	 * What is remembered.
	 * @param name the name
	 * @param newest the slot of the present
	 * @return one value for each slot, the oldest first, {@code null} where none was
	 * sampled
	 */
	synchronized List<@Nullable Long> history(String name, long newest) {
		List<@Nullable Long> history = Track.empty();
		samples(name).subMap(Slots.oldest(newest), true, newest, true)
			.forEach((slot, value) -> history.set((int) (slot - Slots.oldest(newest)), value));
		return history;
	}

	/**
	 * How much a value has grown in a minute.
	 * @param name the name of a value that only grows
	 * @return the growth in the last minute that was sampled; {@code null} if there were
	 * not two samples
	 */
	synchronized @Nullable Double perMinute(String name) {
		NavigableMap<Long, Long> samples = samples(name);
		if (samples.size() < 2) {
			return null;
		}
		Map.Entry<Long, Long> last = samples.lastEntry();
		Map.Entry<Long, Long> first = samples.ceilingEntry(last.getKey() - SLOTS_OF_A_MINUTE);
		long slots = last.getKey() - first.getKey();
		// A pipeline that has started again counts from zero.
		return (slots > 0) ? Math.max(last.getValue() - first.getValue(), 0) / (double) slots * SLOTS_OF_A_MINUTE
				: null;
	}

	/**
	 * What a value was on average.
	 * @param name the name
	 * @return the mean of the last minute that was sampled; 0 if there was no sample
	 */
	synchronized double mean(String name) {
		NavigableMap<Long, Long> samples = samples(name);
		return samples.isEmpty() ? 0
				: samples.tailMap(samples.lastKey() - SLOTS_OF_A_MINUTE, false)
					.values()
					.stream()
					.mapToLong(Long::longValue)
					.average()
					.orElse(0);
	}

	@GuardedBy("this")
	private NavigableMap<Long, Long> samples(String name) {
		return this.values.getOrDefault(name, new TreeMap<>());
	}

}
