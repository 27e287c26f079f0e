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
	 * Raises the average to the time of something that has not ended yet.
	 * @param nanos the time that it has taken so far, in nanoseconds
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
