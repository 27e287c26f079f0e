package io.pubsub.autoconfigure.doctor;

import java.time.Duration;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Looks for what is wrong. A write operation, since each look asks SQS and SNS.
 */
@Endpoint(id = "pubsubdoctor")
final class PubSubDoctorEndpoint {

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private final ServiceDoctor doctor;

	PubSubDoctorEndpoint(ServiceDoctor doctor) {
		this.doctor = doctor;
	}

	@WriteOperation
	DoctorReport examine() {
		return this.doctor.examine(DEADLINE);
	}

}
