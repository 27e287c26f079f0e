package io.pubsub.autoconfigure.doctor;

import java.time.Duration;

import io.pubsub.autoconfigure.doctor.DoctorProperties.AtStart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Looks before anything is consumed.
 */
final class DoctorAtStart implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(DoctorAtStart.class);

	// At most 5 s in all.
	private static final Duration DEADLINE = Duration.ofMillis(4500);

	private final ServiceDoctor doctor;

	private final AtStart mode;

	private volatile boolean running;

	DoctorAtStart(ServiceDoctor doctor, AtStart mode) {
		this.doctor = doctor;
		this.mode = mode;
	}

	@Override
	public void start() {
		DoctorReport report = this.doctor.examine(DEADLINE);
		if (!report.findings().isEmpty()) {
			logger.warn("The doctor has findings. {}", report.table());
		}
		if (this.mode == AtStart.FAIL && report.hasErrors()) {
			throw new UnhealthyServiceException(report);
		}
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	// Before the daemons and the web server, which come last.
	@Override
	public int getPhase() {
		return 0;
	}

}
