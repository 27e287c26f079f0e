package io.pubsub.benchmarks.worker;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.pubsub.benchmarks.client.RequestCounter;

/**
 * The reading of the clocks and counters of this process at a moment.
 *
 * @param nanos the time
 * @param cpuNanos the time that the process has used of all processors
 * @param receives the number of receives that were sent
 * @param otherRequests the number of other requests to SQS or SNS that were sent
 * @param objectRequests the number of requests to S3 that were sent
 * @param allocated the bytes that the threads that are alive have allocated on the heap
 */
record Reading(long nanos, long cpuNanos, long receives, long otherRequests, long objectRequests, long allocated) {

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

	static Reading now(RequestCounter requests) {
		return new Reading(System.nanoTime(), SYSTEM.getProcessCpuTime(), requests.receives(), requests.others(),
				requests.objectRequests(), allocatedBytes());
	}

	// Java 17 has no total; contenders keep their threads.
	private static long allocatedBytes() {
		long[] bytes = THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds());
		return Arrays.stream(bytes).filter((value) -> value > 0).sum();
	}

}
