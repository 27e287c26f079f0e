package io.pubsub.autoconfigure.outbox;

import java.time.Duration;

import io.pubsub.jdbc.queue.JdbcOutbox;
import io.pubsub.transport.Destination;

import org.springframework.context.SmartLifecycle;

/**
 * Starts the outbox before whatever commits, and stops it after that.
 */
final class OutboxLifecycle implements SmartLifecycle {

	// Below the phases of consumers and web servers, which are near the highest.
	private static final int PHASE = DEFAULT_PHASE - 8192;

	// Above the timeout of a request to SNS, and below that of a phase.
	private static final Duration LONGEST_STOP = Duration.ofSeconds(25);

	private final JdbcOutbox outbox;

	private final Destination destination;

	OutboxLifecycle(JdbcOutbox outbox, Destination destination) {
		this.outbox = outbox;
		this.destination = destination;
	}

	@Override
	public void start() {
		this.outbox.start(this.destination);
	}

	@Override
	public void stop() {
		this.outbox.stop(LONGEST_STOP);
	}

	@Override
	public boolean isRunning() {
		return this.outbox.isRunning();
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
