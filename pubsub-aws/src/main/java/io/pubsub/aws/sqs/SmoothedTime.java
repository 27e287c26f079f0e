package io.pubsub.aws.sqs;

/**
 * An exponentially weighted moving average of how long something takes.
 */
final class SmoothedTime {

	private final double weight;

	private double nanos = -1;

	SmoothedTime(double weight) {
		this.weight = weight;
	}

	void add(long sample) {
		this.nanos = isKnown() ? this.nanos + this.weight * (sample - this.nanos) : sample;
	}

	/**
	 * Something takes that long at least, though it has not ended yet.
	 * @param nanos how long it has taken so far
	 */
	void atLeast(long nanos) {
		this.nanos = Math.max(this.nanos, (double) nanos);
	}

	boolean isKnown() {
		return this.nanos >= 0;
	}

	double nanos() {
		return this.nanos;
	}

}
