package io.pubsub.autoconfigure.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.pubsub.autoconfigure.consume.Daemons;
import io.pubsub.autoconfigure.consume.ManagedDaemon;

import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of all daemons: that of the only one, or else the worst of them, with each
 * under its name.
 *
 * @param daemons the daemons
 * @param stuckAfter the time for which messages may be in flight without progress
 * @param report the report on those that are stuck
 * @param ask asks one of them
 */
record DaemonsHealth(Daemons daemons, Duration stuckAfter, StuckReport report,
		Function<DaemonHealth, Health> ask) implements HealthIndicator {

	@Override
	public Health health() {
		List<ManagedDaemon> all = this.daemons.all();
		if (all.size() == 1) {
			return health(all.get(0));
		}
		Map<String, Health> each = new LinkedHashMap<>();
		all.forEach((daemon) -> each.put(daemon.name(), health(daemon)));
		Status worst = StatusAggregator.getDefault()
			.getAggregateStatus(each.values().stream().map(Health::getStatus).toArray(Status[]::new));
		return Health.status(worst).withDetails(details(each)).build();
	}

	private static Map<String, Object> details(Map<String, Health> each) {
		Map<String, Object> details = new LinkedHashMap<>();
		each.forEach((name, health) -> {
			Map<String, Object> own = new LinkedHashMap<>();
			own.put("status", health.getStatus().getCode());
			own.putAll(health.getDetails());
			details.put(name, own);
		});
		return details;
	}

	private Health health(ManagedDaemon daemon) {
		DaemonWatch watch = new DaemonWatch(daemon.daemon(), this.stuckAfter, daemon.limit());
		this.report.note(daemon, watch.condition() == DaemonWatch.Condition.STUCK);
		return this.ask.apply(new DaemonHealth(daemon.name(), watch));
	}

}
