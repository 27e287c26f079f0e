package io.pubsub.benchmarks.measurement;

/**
 * The measurement of a contender by its process.
 *
 * @param done the number of messages that were handled or published, of those that are
 * measured and those before
 * @param duplicates the number of messages that were handled more than once
 * @param measured the number of messages, or elements of messages, that the other numbers
 * are about
 * @param nanos the time from the end of the warm-up to the last message
 * @param cpuNanos the time that the process used of all processors meanwhile
 * @param requests the number of requests for these messages, their settlement included,
 * to SQS or SNS
 * @param objectRequests the number of requests to S3 meanwhile
 * @param p50Micros the median from publishing to the handler, or from the source to the
 * acknowledgement
 * @param p99Micros the time that 99 of 100 messages took at most from publishing to the
 * handler
 * @param heapBytes the heap in use after a garbage collection at the end
 * @param allocatedBytes the bytes that all threads together allocated on the heap
 * meanwhile
 */
public record Measurement(int done, int duplicates, int measured, long nanos, long cpuNanos, long requests,
		long objectRequests, long p50Micros, long p99Micros, long heapBytes, long allocatedBytes) {

	private static final double SECOND = 1_000_000_000;

	private static final double MICRO = 1_000;

	private static final double THOUSAND = 1_000;

	private static final double MEGABYTE = 1 << 20;

	/**
	 * Return the numbers that are compared.
	 * @return the figures
	 */
	public Figures figures() {
		double seconds = this.nanos / SECOND;
		return new Figures(this.measured / seconds, this.cpuNanos / MICRO / this.measured,
				this.requests * THOUSAND / this.measured, this.objectRequests * THOUSAND / this.measured, seconds,
				this.p50Micros / THOUSAND, this.p99Micros / THOUSAND, this.heapBytes / MEGABYTE,
				(double) this.allocatedBytes / this.measured);
	}

}
