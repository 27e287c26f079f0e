package io.pubsub.console;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * What became of the messages of one consumer, handler or topic lately. Safe for use by
 * many threads.
 */
final class Track {

	private static final double MEDIAN = 0.5;

	private static final double MOST = 0.95;

	private static final double ALMOST_ALL = 0.99;

	private final Clock clock;

	// The oldest first. Slots in which nothing happened are missing.
	@GuardedBy("this")
	private final Deque<Slot> slots = new ArrayDeque<>();

	Track(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Records a message.
	 * @param result the result, one of few
	 * @param time the time that it has taken
	 * @param wait the time that the message had waited before; {@code null} if not known
	 */
	synchronized void record(String result, Duration time, @Nullable Duration wait) {
		Slot slot = current();
		slot.counts.merge(result, 1L, Long::sum);
		slot.times.record(time);
		if (wait != null) {
			slot.longestWait = Math.max((slot.longestWait != null) ? slot.longestWait : 0, wait.toMillis());
		}
	}

	@GuardedBy("this")
	private Slot current() {
		long number = Slots.at(this.clock.instant());
		Slot last = this.slots.peekLast();
		// The clock may have gone back.
		if (last == null || last.number < number) {
			last = new Slot(number);
			this.slots.addLast(last);
			forget(number);
		}
		return last;
	}

	@GuardedBy("this")
	private void forget(long newest) {
		while (this.slots.getFirst().number < Slots.oldest(newest)) {
			this.slots.removeFirst();
		}
	}

	/**
	 * What is remembered.
	 * @param newest the slot of the present
	 * @return the history
	 */
	synchronized History history(long newest) {
		Map<String, List<Long>> counts = new TreeMap<>();
		List<@Nullable Long> most = empty();
		List<@Nullable Long> waits = empty();
		Histogram times = new Histogram();
		for (Slot slot : this.slots) {
			int index = (int) (slot.number - Slots.oldest(newest));
			if (index >= 0 && index < Slots.COUNT) {
				slot.counts.forEach((result, count) -> counts
					.computeIfAbsent(result, (key) -> new ArrayList<>(Collections.nCopies(Slots.COUNT, 0L)))
					.set(index, count));
				most.set(index, slot.times.percentile(MOST));
				waits.set(index, slot.longestWait);
				times.add(slot.times);
			}
		}
		return new History(counts, most, waits, times.percentile(MEDIAN), times.percentile(MOST),
				times.percentile(ALMOST_ALL));
	}

	static List<@Nullable Long> empty() {
		return new ArrayList<>(Collections.nCopies(Slots.COUNT, (Long) null));
	}

	/**
	 * What happened in a slot.
	 */
	private static final class Slot {

		private final long number;

		private final Map<String, Long> counts = new TreeMap<>();

		private final Histogram times = new Histogram();

		private @Nullable Long longestWait;

		Slot(long number) {
			this.number = number;
		}

	}

	/**
	 * What a track remembers. All lists have one value for each slot, the oldest first.
	 *
	 * @param counts the numbers of messages by their result
	 * @param most the times, in microseconds, that 95% of the messages did not exceed
	 * @param waits the longest times, in milliseconds, that messages had waited
	 * @param p50 the median of all times, in microseconds
	 * @param p95 the time that 95% of all did not exceed
	 * @param p99 the time that 99% of all did not exceed
	 */
	record History(Map<String, List<Long>> counts, List<@Nullable Long> most, List<@Nullable Long> waits,
			@Nullable Long p50, @Nullable Long p95, @Nullable Long p99) {

	}

}
