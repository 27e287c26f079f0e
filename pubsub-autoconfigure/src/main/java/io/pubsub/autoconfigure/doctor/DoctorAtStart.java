package io.pubsub.autoconfigure.doctor;

import java.time.Duration;

import io.pubsub.autoconfigure.doctor.DoctorProperties.AtStart;
import org.jspecify.annotations.Nullable;
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
		DoctorReport report = examine();
		if (report != null && !report.findings().isEmpty()) {
			logger.warn("The doctor has findings. {}", report.table());
		}
		if (report != null && this.mode == AtStart.FAIL && report.hasErrors()) {
			throw new UnhealthyServiceException(report);
		}
		this.running = true;
	}

	// What could not be looked at ends no start.
	private @Nullable DoctorReport examine() {
		try {
			return this.doctor.examine(DEADLINE);
		}
		catch (RuntimeException ex) {
			logger.warn("The doctor could not look, so that the service starts without its findings", ex);
			return null;
		}
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
