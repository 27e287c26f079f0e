package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import io.pubsub.internal.DurationText;
import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.internal.FailureStreak;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Extends the leases of what is claimed, three times within each. By the monotonic clock
 * of this process, a lease ends no later than in the database.
 * <p>
 * Safe for use by many threads.
 */
final class LeaseKeeper {

	private static final Logger logger = LoggerFactory.getLogger(JdbcQueue.class);

	private static final int RENEWALS_PER_LEASE = 3;

	private final Map<Claim, Hold> holds = new ConcurrentHashMap<>();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final FailureStreak failures = new FailureStreak();

	private final String queue;

	private final QueueStore store;

	private final Duration lease;

	private final Timekeeper time;

	private final Executor executor;

	/**
	 * Makes a keeper of leases that holds none.
	 * @param queue the name of the queue, for logs
	 * @param store the queue
	 * @param lease the length of a lease
	 * @param time the time
	 * @param executor the executor of what may block
	 */
	LeaseKeeper(String queue, QueueStore store, Duration lease, Timekeeper time, Executor executor) {
		this.queue = queue;
		this.store = store;
		this.lease = lease;
		this.time = time;
		this.executor = executor;
	}

	/**
	 * Begins to keep what was claimed.
	 * @param claim the claim
	 * @param claimedAt a time before it was claimed, as of {@link Timekeeper#nanos()}
	 * @param lost the action if it cannot be kept, quick and without blocking
	 * @return the hold on it
	 */
	Hold keep(Claim claim, long claimedAt, Runnable lost) {
		Hold hold = new Hold(claim, claimedAt + this.lease.toNanos(), lost);
		this.holds.put(claim, hold);
		schedule();
		return hold;
	}

	private void schedule() {
		if (this.scheduled.compareAndSet(false, true)) {
			this.time.after(this.lease.dividedBy(RENEWALS_PER_LEASE), () -> this.executor.execute(this::renewAll));
		}
	}

	private void renewAll() {
		this.scheduled.set(false);
		List<Hold> held = List.copyOf(this.holds.values());
		if (!held.isEmpty()) {
			renew(held);
			schedule();
		}
	}

	private void renew(List<Hold> held) {
		long before = this.time.nanos();
		try {
			List<Claim> lost = this.store.renew(held.stream().map(Hold::claim).toList());
			held.stream().filter((hold) -> !lost.contains(hold.claim())).forEach((hold) -> hold.extend(before));
			held.stream().filter((hold) -> lost.contains(hold.claim())).forEach(Hold::lose);
			this.failures.ended();
		}
		catch (RuntimeException ex) {
			if (this.failures.failed() == 1) {
				logger.warn("Cannot extend {} claims of queue {}: they are lost {} after they were extended last",
						held.size(), LogText.of(this.queue), DurationText.of(this.lease), LogText.printable(ex));
			}
			held.stream().filter((hold) -> !hold.isHeld()).forEach(Hold::lose);
		}
	}

	/**
	 * The hold on one claim.
	 */
	final class Hold {

		private final Claim claim;

		private final Runnable lost;

		private volatile long end;

		private Hold(Claim claim, long end, Runnable lost) {
			this.claim = claim;
			this.end = end;
			this.lost = lost;
		}

		Claim claim() {
			return this.claim;
		}

		boolean isHeld() {
			return LeaseKeeper.this.time.nanos() - this.end < 0 && LeaseKeeper.this.holds.get(this.claim) == this;
		}

		private void extend(long from) {
			this.end = from + LeaseKeeper.this.lease.toNanos();
		}

		/**
		 * Ends the hold.
		 * @return {@code false} if it was ended before
		 */
		boolean end() {
			return LeaseKeeper.this.holds.remove(this.claim, this);
		}

		/**
		 * Ends the hold and says that it is lost, unless it was ended before.
		 */
		void lose() {
			if (end()) {
				this.lost.run();
			}
		}

	}

}
