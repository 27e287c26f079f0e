package io.pubsub.benchmarks.worker;

import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/**
 * The flight recording of this process, if it was started with one.
 */
final class Profile {

	private Profile() {
	}

	// A JVM that is halted would not write it.
	static void write() {
		if (FlightRecorder.isInitialized()) {
			FlightRecorder.getFlightRecorder().getRecordings().forEach(Recording::stop);
		}
	}

}
