package io.pubsub.benchmarks.report;

import java.time.Instant;
import java.util.List;

/**
 * The machine and the JVM of a measurement.
 *
 * @param startedAt the time at which the run started
 * @param java the Java runtime
 * @param processors the number of processors
 * @param jvmOptions the options of the JVM of every contender
 */
public record Environment(Instant startedAt, String java, int processors, List<String> jvmOptions) {

	/**
	 * Describe this machine, at this moment.
	 * @param jvmOptions the options of the JVM of every contender
	 * @return the description
	 */
	public static Environment current(List<String> jvmOptions) {
		return new Environment(Instant.now(), Runtime.version().toString(), Runtime.getRuntime().availableProcessors(),
				List.copyOf(jvmOptions));
	}

	@Override
	public String toString() {
		return "Java %s, %d processors, each contender with %s".formatted(this.java, this.processors,
				String.join(" ", this.jvmOptions));
	}

}
