package io.pubsub.daemon;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.HandOver;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.ReceiverDecorator;
import io.pubsub.transport.internal.BlockedSignal;
import io.pubsub.transport.internal.Pump;
import org.jspecify.annotations.Nullable;

/**
 * {@link Receiver} that passes on no more deliveries than a rate permits, and lets the
 * source ask for no more than that.
 * <p>
 * The limit of the source counts what is at work here and what may be passed on in the
 * next moments, so that the way from the source takes nothing off the rate. What comes
 * before its turn waits, unbegun; what would wait long, because it was asked for before
 * the rate became lower, is released until then. That nothing comes is told to the
 * receiver when it has been so for a while: a source that waits for the rate is blocked
 * between any two messages.
 * <p>
 * Without a rate it passes everything on at once. Safe for use by many threads.
 */
final class RateLimiter implements ReceiverDecorator {

	private static final double AHEAD_SECONDS = 0.25;

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

	private static final Duration SHORTEST_TICK = Duration.ofMillis(10);

	private static final Duration LONG_BLOCKED = Duration.ofSeconds(1);

	private final Pump pump = new Pump(this::passOnWhatIsDue);

	@GuardedBy("this")
	private final Set<Delivery> waiting = new LinkedHashSet<>();

	private final Receiver receiver;

	private final Pauses pauses;

	private final Timekeeper time;

	private volatile BlockedSignal signal;

	private volatile @Nullable Rate rate;

	@GuardedBy("this")
	private @Nullable TokenBucket bucket;

	@GuardedBy("this")
	private Timekeeper.@Nullable Task tick;

	@GuardedBy("this")
	private int atWork;

	@GuardedBy("this")
	private boolean open;

	@GuardedBy("this")
	private boolean sourceBlocked;

	@GuardedBy("this")
	private long blockedSince;

	/**
	 * Makes a limiter without a rate.
	 * @param receiver the receiver of what may be passed on
	 * @param pauses the pauses, of which this holds one
	 * @param time the time
	 */
	RateLimiter(Receiver receiver, Pauses pauses, Timekeeper time) {
		this.receiver = receiver;
		this.pauses = pauses;
		this.time = time;
		this.signal = new BlockedSignal(receiver, this::isBlocked);
	}

	@Override
	public Receiver receiver() {
		return this.receiver;
	}

	@Nullable Rate rate() {
		return this.rate;
	}

	/**
	 * Changes the rate.
	 * @param rate the rate, {@code null} for none
	 */
	void rate(@Nullable Rate rate) {
		synchronized (this) {
			TokenBucket before = this.bucket;
			long now = this.time.nanos();
			double tokens = (before != null) ? before.tokens(now) : Double.MAX_VALUE;
			this.rate = rate;
			this.bucket = (rate != null) ? new TokenBucket(rate.perSecond(), tokens, now) : null;
		}
		this.pump.run();
	}

	@Override
	public void open(Host host) {
		synchronized (this) {
			this.open = true;
			this.sourceBlocked = false;
		}
		this.signal = new BlockedSignal(this.receiver, this::isBlocked);
		this.receiver.open(host);
		this.pump.run();
	}

	@Override
	public void close(Duration within) {
		synchronized (this) {
			this.open = false;
			this.waiting.clear();
			cancelTick();
		}
		this.receiver.close(within);
	}

	@Override
	public void receive(Delivery delivery) {
		if (passesAtOnce()) {
			follow(delivery);
			this.receiver.receive(delivery);
			return;
		}
		Duration late = queue(delivery);
		if (late != null) {
			delivery.release(late);
			return;
		}
		follow(delivery);
		this.pump.run();
	}

	private synchronized boolean passesAtOnce() {
		boolean atOnce = this.bucket == null && this.waiting.isEmpty();
		if (atOnce) {
			this.atWork++;
		}
		return atOnce;
	}

	private synchronized @Nullable Duration queue(Delivery delivery) {
		TokenBucket bucket = this.bucket;
		if (bucket != null) {
			Duration wait = Duration.ofNanos(bucket.nanosUntil(this.waiting.size() + 1.0, this.time.nanos()));
			if (wait.compareTo(LONGEST_WAIT) > 0) {
				return wait;
			}
		}
		this.waiting.add(delivery);
		return null;
	}

	private void follow(Delivery delivery) {
		CompletionStage<Void> unused = delivery.settled().thenRun(() -> left(delivery));
	}

	// Its source may take back what waits.
	private void left(Delivery delivery) {
		synchronized (this) {
			if (!this.waiting.remove(delivery)) {
				this.atWork = Math.max(this.atWork - 1, 0);
			}
		}
		if (this.rate != null) {
			this.pump.run();
		}
	}

	private void passOnWhatIsDue() {
		for (Delivery next = next(); next != null; next = next()) {
			HandOver.of(next, this.receiver);
		}
		this.pauses.limit(this, limit());
		this.signal.changed();
	}

	private synchronized @Nullable Delivery next() {
		Iterator<Delivery> first = this.waiting.iterator();
		if (!first.hasNext() || (this.bucket != null && !this.bucket.take(this.time.nanos()))) {
			return null;
		}
		Delivery next = first.next();
		first.remove();
		this.atWork++;
		return next;
	}

	private synchronized int limit() {
		TokenBucket bucket = this.bucket;
		Rate rate = this.rate;
		cancelTick();
		if (bucket == null || rate == null) {
			return Integer.MAX_VALUE;
		}
		long now = this.time.nanos();
		double ahead = rate.perSecond() * AHEAD_SECONDS;
		int due = (int) (bucket.tokens(now) + ahead);
		if (this.open && !(bucket.isFull(now) && this.waiting.isEmpty())) {
			double next = this.waiting.isEmpty() ? due + 1 - ahead : Math.min(due + 1 - ahead, 1);
			// Tokens for which there is no room would be taken off the rate.
			long shortest = Math.min(SHORTEST_TICK.toNanos(), bucket.nanosUntilFull(now));
			this.tick = this.time.after(Duration.ofNanos(Math.max(bucket.nanosUntil(next, now), shortest)), this.pump);
		}
		return this.atWork + due;
	}

	@GuardedBy("this")
	private void cancelTick() {
		if (this.tick != null) {
			this.tick.cancel();
			this.tick = null;
		}
	}

	@Override
	public void blocked() {
		synchronized (this) {
			this.sourceBlocked = true;
			this.blockedSince = this.time.nanos();
		}
		if (this.rate != null) {
			this.time.after(LONG_BLOCKED, () -> this.signal.changed());
		}
		this.signal.changed();
	}

	@Override
	public void unblocked() {
		synchronized (this) {
			this.sourceBlocked = false;
		}
		this.signal.changed();
	}

	private synchronized boolean isBlocked() {
		return this.sourceBlocked && this.waiting.isEmpty()
				&& (this.bucket == null || this.time.nanos() - this.blockedSince >= LONG_BLOCKED.toNanos());
	}

}
