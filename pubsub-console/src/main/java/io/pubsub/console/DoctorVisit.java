package io.pubsub.console;

import java.time.Duration;
import java.util.Map;

import io.pubsub.autoconfigure.doctor.ServiceDoctor;

/**
 * Asks the doctor.
 *
 * @param doctor the doctor
 */
record DoctorVisit(ServiceDoctor doctor) implements Deed.Catalog {

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	@Override
	public Map<String, Deed> deeds() {
		return Map.of("doctor", Deed.look((order) -> this.doctor.examine(DEADLINE)));
	}

}
