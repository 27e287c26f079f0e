package io.pubsub.autoconfigure.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.pubsub.jdbc.queue.JdbcOutbox;
import io.pubsub.jdbc.queue.OutboxState;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

/**
 * The meters of an outbox. All gauges show what one look at the database has shown, which
 * is a few seconds old at most; without an answer they are not a number.
 */
final class OutboxMeters implements MeterBinder {

	private static final Duration LONGEST_AGE = Duration.ofSeconds(5);

	private final JdbcOutbox outbox;

	private final Timekeeper time;

	@GuardedBy("this")
	private @Nullable OutboxState state;

	@GuardedBy("this")
	private long seenAt;

	OutboxMeters(JdbcOutbox outbox, Timekeeper time) {
		this.outbox = outbox;
		this.time = time;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("pubsub.outbox.waiting", this, (meters) -> meters.look(OutboxState::waiting))
			.description("Messages of the outbox that are not published yet")
			.register(registry);
		Gauge.builder("pubsub.outbox.parked", this, (meters) -> meters.look(OutboxState::parked))
			.description("Messages of the outbox that were given up and wait for somebody to release or discard them")
			.register(registry);
		TimeGauge.builder("pubsub.outbox.oldest", this, TimeUnit.SECONDS, (meters) -> meters.look(OutboxMeters::oldest))
			.description("Age of the oldest message of the outbox that is not published yet")
			.register(registry);
		FunctionCounter.builder("pubsub.outbox.relayed", this.outbox, JdbcOutbox::relayed)
			.description("Messages that this process has published out of the outbox")
			.register(registry);
		FunctionCounter.builder("pubsub.outbox.refused", this.outbox, JdbcOutbox::refused)
			.description("Messages that this process has parked")
			.register(registry);
	}

	private static double oldest(OutboxState state) {
		Duration oldest = state.oldest();
		return (oldest != null) ? oldest.toMillis() / 1_000.0 : 0;
	}

	private double look(ToDoubleFunction<OutboxState> value) {
		OutboxState current = current();
		return (current != null) ? value.applyAsDouble(current) : Double.NaN;
	}

	private synchronized @Nullable OutboxState current() {
		if (this.seenAt == 0 || this.time.nanos() - this.seenAt > LONGEST_AGE.toNanos()) {
			this.seenAt = this.time.nanos();
			this.state = read();
		}
		return this.state;
	}

	private @Nullable OutboxState read() {
		try {
			return this.outbox.state();
		}
		catch (DataAccessException ex) {
			// The health of the database tells.
			return null;
		}
	}

}
