package io.pubsub.autoconfigure.health;

import java.time.Duration;

import io.pubsub.internal.DurationText;
import io.pubsub.jdbc.queue.JdbcOutbox;
import io.pubsub.jdbc.queue.OutboxState;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health of the outbox, which is down when a message waits for too long. It is in no
 * probe: what the outbox is for is that a service works on while its broker does not.
 */
final class OutboxHealth extends AbstractHealthIndicator {

	private final JdbcOutbox outbox;

	private final Duration stuckAfter;

	OutboxHealth(JdbcOutbox outbox, Duration stuckAfter) {
		super("The outbox cannot be read");
		this.outbox = outbox;
		this.stuckAfter = stuckAfter;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		OutboxState state = this.outbox.state();
		Duration oldest = state.oldest();
		boolean late = oldest != null && oldest.compareTo(this.stuckAfter) > 0;
		(late ? builder.down() : builder.up()).withDetail("waiting", state.waiting())
			.withDetail("parked", state.parked());
		if (oldest != null) {
			builder.withDetail("oldest", DurationText.of(oldest));
		}
		if (!state.failing().isEmpty()) {
			builder.withDetail("failing", state.failing());
		}
		if (state.parked() > 0) {
			builder.withDetail("release", "POST /actuator/pubsuboutbox/release, or look at GET /actuator/pubsuboutbox");
		}
	}

}
