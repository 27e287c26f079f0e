package io.pubsub.console;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Times, counted in buckets that grow with them, so that a percentile is right to about
 * 6%. Not safe for use by many threads.
 */
final class Histogram {

	// 8 buckets for each power of two.
	private static final int BITS = 3;

	private static final int PER_POWER = 1 << BITS;

	// 2^38 microseconds are three days.
	private static final int MAX_POWER = 38;

	private final int[] counts = new int[(MAX_POWER - BITS + 2) * PER_POWER];

	private long total;

	void record(Duration time) {
		this.counts[bucket(Math.max(time.toNanos() / 1000, 0))]++;
		this.total++;
	}

	void add(Histogram other) {
		for (int i = 0; i < this.counts.length; i++) {
			this.counts[i] += other.counts[i];
		}
		this.total += other.total;
	}

	/**
	 * The time that a share of all do not exceed.
	 * @param share the share, above 0 and up to 1
	 * @return microseconds; {@code null} if there is no time
	 */
	@Nullable Long percentile(double share) {
		long wanted = (long) Math.ceil(share * this.total);
		long seen = 0;
		for (int i = 0; i < this.counts.length && wanted > 0; i++) {
			seen += this.counts[i];
			if (seen >= wanted) {
				return middle(i);
			}
		}
		return null;
	}

	private static int bucket(long micros) {
		if (micros < PER_POWER) {
			return (int) micros;
		}
		int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
		if (power > MAX_POWER) {
			return (MAX_POWER - BITS + 2) * PER_POWER - 1;
		}
		int within = (int) (micros >> (power - BITS)) & (PER_POWER - 1);
		return (power - BITS + 1) * PER_POWER + within;
	}

	private static long middle(int bucket) {
		if (bucket < PER_POWER) {
			return bucket;
		}
		int shift = bucket / PER_POWER - 1;
		long low = (long) (PER_POWER + bucket % PER_POWER) << shift;
		return low + ((1L << shift) >> 1);
	}

}
