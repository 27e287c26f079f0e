package io.pubsub.benchmarks.worker;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;
import io.pubsub.benchmarks.client.RequestCounter;

/**
 * What the clocks and counters of this process show at a moment.
 *
 * @param nanos the time
 * @param cpuNanos what the process has used of all processors
 * @param receives how many messages were asked for
 * @param otherRequests how many other requests were sent
 */
record Reading(long nanos, long cpuNanos, long receives, long otherRequests) {

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	static Reading now(RequestCounter requests) {
		return new Reading(System.nanoTime(), SYSTEM.getProcessCpuTime(), requests.receives(), requests.others());
	}

}
