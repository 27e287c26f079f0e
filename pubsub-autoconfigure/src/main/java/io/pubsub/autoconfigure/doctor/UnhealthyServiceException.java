package io.pubsub.autoconfigure.doctor;

import io.pubsub.autoconfigure.internal.Actionable;

/**
 * Thrown at the start when the doctor has found an error.
 */
final class UnhealthyServiceException extends RuntimeException implements Actionable {

	UnhealthyServiceException(DoctorReport report) {
		super("The doctor has found what keeps messages from arriving. " + report.table());
	}

	@Override
	public String action() {
		return "Mend what it names, from the top, or start without it: pubsub.doctor.at-start=warn. Warnings, notes and"
				+ " what is unknown end no start.";
	}

}
