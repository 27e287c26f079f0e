package io.pubsub.pipeline.around;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import io.pubsub.MessageContext;
import io.pubsub.idempotency.Claim;
import io.pubsub.idempotency.ClaimLostException;
import io.pubsub.idempotency.IdempotencyStore;
import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claims of messages in work, which are renewed in time. Between two rounds nothing
 * waits but one task of the timekeeper, and without claims not even that.
 * <p>
 * Safe for use by many threads.
 */
final class Renewals {

	private static final Logger logger = LoggerFactory.getLogger(IdempotentOrigins.class);

	// A claim is renewed at half of its lease at the latest, and again if that has
	// failed.
	private static final int ROUNDS_PER_LEASE = 4;

	private final Map<Claim, Held> claims = new ConcurrentHashMap<>();

	private final AtomicBoolean started = new AtomicBoolean();

	private final IdempotencyStore store;

	private final Duration interval;

	private final Timekeeper timekeeper;

	private final Executor executor;

	Renewals(IdempotencyStore store, Duration lease, Timekeeper timekeeper, Executor executor) {
		this.store = store;
		this.interval = lease.dividedBy(ROUNDS_PER_LEASE);
		this.timekeeper = timekeeper;
		this.executor = executor;
	}

	void add(Claim claim, MessageContext context) {
		this.claims.put(claim, new Held(context, this.timekeeper.nanos()));
		start();
	}

	void remove(Claim claim) {
		this.claims.remove(claim);
	}

	private void start() {
		if (!this.claims.isEmpty() && this.started.compareAndSet(false, true)) {
			this.timekeeper.after(this.interval, () -> this.executor.execute(this::renewAll));
		}
	}

	private void renewAll() {
		try {
			this.claims.forEach(this::renew);
		}
		finally {
			this.started.set(false);
			start();
		}
	}

	// Who has a message by now that was lost here is to get its claim, too.
	private void renew(Claim claim, Held held) {
		long now = this.timekeeper.nanos();
		if (now - held.since() < this.interval.toNanos() || held.context().isLost()) {
			return;
		}
		try {
			this.store.renew(claim);
			this.claims.replace(claim, held, new Held(held.context(), now));
		}
		catch (ClaimLostException ex) {
			// What has been settled meanwhile is not lost.
			if (this.claims.remove(claim, held)) {
				logger.warn("Message {} will fail: {}", LogText.of(held.context()), LogText.of(ex.getMessage()));
			}
		}
		catch (RuntimeException ex) {
			logger.warn("The claim of message {} could not be renewed; that is tried again in a moment",
					LogText.of(held.context()), LogText.printable(ex));
		}
	}

	/**
	 * The hold on a claim.
	 *
	 * @param context the context of the message
	 * @param since the time at which the lease last began, by {@link Timekeeper#nanos()}
	 */
	private record Held(MessageContext context, long since) {

	}

}
