package io.pubsub.autoconfigure.health;

import java.util.Map;

import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.autoconfigure.health.DaemonWatch.Condition;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of a consumer, as the probes of a platform ask for it.
 *
 * @param name the name of the daemon
 * @param watch the watch of the daemon
 */
record DaemonHealth(String name, DaemonWatch watch) {

	// A service whose dependency fails is as ready as any other instance of it: circuits
	// are shown only.
	Health readiness(Map<String, String> circuits) {
		Condition condition = this.watch.condition();
		Health.Builder health = health(switch (condition) {
			case RECEIVING, PAUSED -> Status.UP;
			case BACKING_OFF, STOPPED -> Status.OUT_OF_SERVICE;
			case HALTED, STUCK -> Status.DOWN;
		}, condition);
		if (!circuits.isEmpty()) {
			health.withDetail("circuits", circuits);
		}
		return health.build();
	}

	// Only what is stuck is worth a new process.
	Health liveness() {
		Condition condition = this.watch.condition();
		return health((condition != Condition.STUCK) ? Status.UP : Status.DOWN, condition).build();
	}

	private Health.Builder health(Status status, Condition condition) {
		Health.Builder health = Health.status(status)
			.withDetail("state", condition.toString())
			.withDetail("inFlight", this.watch.daemon().inFlight());
		String haltReason = this.watch.daemon().haltReason();
		if (haltReason != null) {
			health.withDetail("reason", haltReason).withDetail("resume", resume());
		}
		String haltProperty = this.watch.haltProperty();
		return (haltProperty != null) ? health.withDetail("limit", haltProperty) : health;
	}

	private String resume() {
		String path = this.name.equals(ManagedDaemon.HANDLERS) ? "pubsub" : "pubsubpipelines/" + this.name;
		return "POST /actuator/%s/resume, or a restart".formatted(path);
	}

}
