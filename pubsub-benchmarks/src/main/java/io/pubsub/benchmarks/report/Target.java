package io.pubsub.benchmarks.report;

import java.util.Locale;

/**
 * Something to be reached, and how far it was.
 *
 * @param text the description, for people
 * @param value the measured value
 * @param limit the limit of the value
 * @param atLeast whether the limit is the lowest value, and not the highest
 */
public record Target(String text, double value, double limit, boolean atLeast) {

	/**
	 * Whether it was reached.
	 * @return {@code true} if it was
	 */
	public boolean isReached() {
		return this.atLeast ? this.value >= this.limit : this.value <= this.limit;
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%-11s  %s: %.2f (%s %.2f)", isReached() ? "reached" : "NOT REACHED",
				this.text, this.value, this.atLeast ? "at least" : "at most", this.limit);
	}

}
