package io.pubsub.autoconfigure.endpoint;

import java.time.Instant;

import io.pubsub.autoconfigure.health.DaemonWatch;
import io.pubsub.daemon.ConsumerDaemon;
import org.jspecify.annotations.Nullable;

/**
 * The state of a consumer at one moment, for operators.
 *
 * @param state the condition of the consumer
 * @param haltReason the reason for the halt, if it has halted
 * @param haltProperty the property that sets the limit of dead letters which is exceeded,
 * if one is
 * @param concurrency the number of messages that are handled at once, or that are in
 * flight in a pipeline, if the consumer knows it
 * @param maxRate the number of messages that may begin in a time, such as 200/s, if there
 * is such a limit
 * @param inFlight the number of messages that are handed over and not settled
 * @param lastProgress the time when something has last moved
 */
record Consumer(String state, @Nullable String haltReason, @Nullable String haltProperty, @Nullable Integer concurrency,
		@Nullable String maxRate, int inFlight, Instant lastProgress) {

	static Consumer of(DaemonWatch watch) {
		ConsumerDaemon daemon = watch.daemon();
		return new Consumer(watch.condition().toString(), daemon.haltReason(), watch.haltProperty(),
				daemon.concurrency(), DaemonControls.text(daemon.maxRate()), daemon.inFlight(), daemon.lastProgress());
	}

}
