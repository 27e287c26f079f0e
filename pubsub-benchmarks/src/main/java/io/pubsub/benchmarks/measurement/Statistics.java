package io.pubsub.benchmarks.measurement;

import java.util.Arrays;

/**
 * Medians and percentiles.
 */
public final class Statistics {

	private static final double HUNDRED = 100;

	private Statistics() {
	}

	/**
	 * Return the median: of an even number of values, the mean of the two in the middle.
	 * @param values the values, in any order, at least one
	 * @return the median
	 */
	public static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	/**
	 * Return the smallest value that at least so many per cent of the values do not
	 * exceed.
	 * @param values the values, in any order
	 * @param percent the percentage, above 0 and at most 100
	 * @return the value, 0 if there are none
	 */
	public static long percentile(long[] values, int percent) {
		if (values.length == 0) {
			return 0;
		}
		long[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[(int) Math.ceil(sorted.length * percent / HUNDRED) - 1];
	}

}
