package io.pubsub.benchmarks.measurement;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The numbers that are compared.
 *
 * @param messagesPerSecond the throughput
 * @param cpuMicros the processor time for a message, in microseconds
 * @param requestsPerThousand the requests to SQS or SNS for a thousand messages
 * @param objectRequestsPerThousand the requests to S3 for a thousand objects
 * @param seconds the time from the end of the warm-up to the last message
 * @param p50Millis the median from publishing to the handler
 * @param p99Millis the time that 99 of 100 messages took at most from publishing to the
 * handler
 * @param heapMegabytes the heap in use after a garbage collection
 * @param allocatedBytes the bytes that were allocated on the heap for a message
 */
public record Figures(double messagesPerSecond, double cpuMicros, double requestsPerThousand,
		double objectRequestsPerThousand, double seconds, double p50Millis, double p99Millis, double heapMegabytes,
		double allocatedBytes) {

	/**
	 * Return the medians, each number taken on its own.
	 * @param rounds the figures of every round, at least one
	 * @return the medians
	 */
	public static Figures median(List<Figures> rounds) {
		return new Figures(median(rounds, Figures::messagesPerSecond), median(rounds, Figures::cpuMicros),
				median(rounds, Figures::requestsPerThousand), median(rounds, Figures::objectRequestsPerThousand),
				median(rounds, Figures::seconds), median(rounds, Figures::p50Millis),
				median(rounds, Figures::p99Millis), median(rounds, Figures::heapMegabytes),
				median(rounds, Figures::allocatedBytes));
	}

	private static double median(List<Figures> rounds, ToDoubleFunction<Figures> number) {
		return Statistics.median(rounds.stream().mapToDouble(number).toArray());
	}

}
