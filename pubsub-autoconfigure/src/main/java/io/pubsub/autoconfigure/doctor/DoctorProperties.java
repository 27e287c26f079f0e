package io.pubsub.autoconfigure.doctor;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of the doctor.
 *
 * @param atStart Whether queues and topics are looked at before anything is consumed, and
 * whether an error that is found ends the start. It takes at most 5s.
 * @since 0.1.0
 */
@ConfigurationProperties("pubsub.doctor")
public record DoctorProperties(@DefaultValue("off") AtStart atStart) {

	/**
	 * What the doctor does at the start.
	 */
	public enum AtStart {

		/** Nothing. */
		OFF,

		/** Logs what is wrong. */
		WARN,

		/** Logs what is wrong, and ends the start if something of it is an error. */
		FAIL

	}

}
