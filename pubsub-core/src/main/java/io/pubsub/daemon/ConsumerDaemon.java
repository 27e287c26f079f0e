package io.pubsub.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a {@link Source} and a {@link Receiver}: start, pauses, limits, drain and stop,
 * and how they are doing. It does not know what the receiver does with a delivery.
 * <p>
 * Safe for use by many threads. It can be started again after it was stopped.
 *
 * @since 0.1.0
 */
public final class ConsumerDaemon {

	private static final Logger logger = LoggerFactory.getLogger(ConsumerDaemon.class);

	private final Receiver.Host host = new ReceiverHost();

	private final Source source;

	private final RateLimiter receiver;

	private final Duration drain;

	private final Timekeeper time;

	private final Pauses pauses = new Pauses(this::subscription);

	@GuardedBy("this")
	private boolean concurrencyChanged;

	private volatile @Nullable Subscription subscription;

	private volatile Instant lastProgress = Instant.EPOCH;

	private volatile long lastProgressNanos;

	/**
	 * Makes a daemon by the clocks of the system, which is not started.
	 * @param source the source of the deliveries
	 * @param receiver the receiver of the deliveries, which no other daemon runs
	 * @param drain the time that a stop waits for what is at work
	 */
	public ConsumerDaemon(Source source, Receiver receiver, Duration drain) {
		this(source, receiver, drain, Timekeeper.shared());
	}

	/**
	 * Makes a daemon, which is not started.
	 * @param source the source of the deliveries
	 * @param receiver the receiver of the deliveries, which no other daemon runs
	 * @param drain the time that a stop waits for what is at work
	 * @param time the time of the progress and of the rate, which stays the caller's to
	 * close
	 */
	public ConsumerDaemon(Source source, Receiver receiver, Duration drain, Timekeeper time) {
		this.source = source;
		this.receiver = new RateLimiter(receiver, this.pauses, time);
		this.drain = drain;
		this.time = time;
		this.lastProgressNanos = time.nanos();
	}

	/**
	 * Starts to consume. Does nothing if the daemon is running.
	 * @throws RuntimeException if the source does not exist or may not be read
	 */
	public synchronized void start() {
		if (this.subscription == null) {
			this.host.progressed();
			this.receiver.open(this.host);
			int limit = this.pauses.lowest();
			Subscription started = subscribe(limit);
			this.subscription = started;
			this.pauses.update(limit);
			Integer concurrency = this.receiver.concurrency();
			if (this.concurrencyChanged && concurrency != null) {
				started.concurrency(concurrency);
			}
			pauseIfHalted();
		}
	}

	private Subscription subscribe(int limit) {
		try {
			return this.source.start(this.receiver, limit);
		}
		catch (RuntimeException | Error ex) {
			this.receiver.close(Duration.ZERO);
			throw ex;
		}
	}

	/**
	 * Stops: takes no more messages, hands back those whose handling has not begun, and
	 * waits for the others as long as the drain time permits. Does nothing if the daemon
	 * is not running.
	 */
	public synchronized void stop() {
		Subscription stopped = this.subscription;
		this.subscription = null;
		if (stopped != null) {
			this.pauses.remove(this);
			long deadline = this.time.nanos() + this.drain.toNanos();
			this.receiver.drain(this.drain);
			stopped.stop(Duration.ofNanos(Math.max(deadline - this.time.nanos(), 0)));
			this.receiver.close(Duration.ofNanos(deadline - this.time.nanos()));
		}
	}

	/**
	 * Whether the daemon was started and not stopped.
	 * @return {@code true} between start and stop
	 */
	public boolean isRunning() {
		return this.subscription != null;
	}

	/**
	 * The running source, for a look at its state, a pause, or its end.
	 * @return the subscription, or {@code null} if the daemon is not running
	 */
	public @Nullable Subscription subscription() {
		return this.subscription;
	}

	/**
	 * The source of the deliveries.
	 * @return always the same source
	 */
	public Source source() {
		return this.source;
	}

	/**
	 * The receiver of the deliveries, for who hands some over without the daemon, which
	 * must not run then.
	 * @return always the same receiver
	 */
	public Receiver receiver() {
		return this.receiver.receiver();
	}

	/**
	 * Whether the source comes to an end by itself.
	 * @return {@code true} if so, as for a file
	 */
	public boolean ends() {
		return this.source.ends();
	}

	/**
	 * The end of a source that can end.
	 * @return a stage that completes when all that the source had is settled
	 * @throws IllegalStateException if the daemon is not running
	 */
	public CompletionStage<Void> exhausted() {
		Subscription subscription = subscription();
		if (subscription == null) {
			throw new IllegalStateException("the daemon is not running");
		}
		return subscription.exhausted();
	}

	/**
	 * Asks the source for no more messages until {@link #resume()}; what is in flight
	 * goes on. Does nothing if the daemon is not running.
	 */
	public void pause() {
		if (isRunning()) {
			this.pauses.limit(this, 0);
		}
	}

	/**
	 * Ends a pause, or a halt. Does nothing if the daemon is not running.
	 */
	public void resume() {
		if (isRunning()) {
			// A pause that is based on what was before must not come after it.
			synchronized (this.pauses) {
				this.receiver.resume();
				this.pauses.remove(this);
			}
		}
	}

	/**
	 * Asks the source for messages only while fewer than a number are in flight, until
	 * the holder resumes, over a stop and the next start too. Of several holders the
	 * lowest limit holds.
	 * @param holder the holder of the limit; {@link #resume()} and other holders do not
	 * end it
	 * @param messages the number, in the place of the one that the holder had; 0 is a
	 * pause
	 */
	public void limit(Object holder, int messages) {
		this.pauses.limit(holder, messages);
	}

	/**
	 * Ends the limit of a holder. Those of others stay.
	 * @param holder the holder of the limit
	 */
	public void resume(Object holder) {
		this.pauses.remove(holder);
	}

	/**
	 * The reason of the receiver to want nothing more. The daemon has paused for it,
	 * until it is resumed.
	 * @return the reason, or {@code null} if the receiver has none or the daemon is not
	 * running
	 */
	public @Nullable String haltReason() {
		return isRunning() ? this.receiver.haltReason() : null;
	}

	/**
	 * Changes how many messages are handled at once, from now on and also after a
	 * restart. Handlers at work go on.
	 * @param concurrency the number, from 1 to {@link Receiver#MAX_CONCURRENCY}
	 * @throws IllegalArgumentException if it is another one
	 */
	public synchronized void concurrency(int concurrency) {
		this.receiver.concurrency(concurrency);
		this.concurrencyChanged = true;
		Subscription current = this.subscription;
		if (current != null) {
			current.concurrency(concurrency);
			logger.info("Handling up to {} messages at once from now on", concurrency);
		}
	}

	/**
	 * How many messages are handled at once.
	 * @return the number; {@code null} if the receiver has no such limit
	 */
	public @Nullable Integer concurrency() {
		return this.receiver.concurrency();
	}

	/**
	 * Changes how many messages are handed to the receiver in a time, from now on and
	 * also after a restart. In any time of a second or longer it gets no more than the
	 * rate permits, and as many as in a tenth of a second, but at least one, on top. A
	 * message that comes again counts again. The source is asked for no more than may
	 * soon be handed over.
	 * @param rate the rate; {@code null}, as at first, for no such limit
	 */
	public void maxRate(@Nullable Rate rate) {
		this.receiver.rate(rate);
		if (isRunning()) {
			logger.info("Handling {} from now on", (rate != null) ? "at most " + rate : "at any rate");
		}
	}

	/**
	 * How many messages are handed to the receiver in a time.
	 * @return the highest rate; {@code null} if there is no such limit
	 */
	public @Nullable Rate maxRate() {
		return this.receiver.rate();
	}

	/**
	 * How the source is doing. One that waits because of {@link #maxRate()} is receiving.
	 * @return the state at this moment; stopped if the daemon is not running
	 */
	public Subscription.State state() {
		Subscription subscription = subscription();
		Subscription.State state = (subscription != null) ? subscription.state() : Subscription.State.STOPPED;
		return (state == Subscription.State.PAUSED && this.pauses.isPausedOnlyBy(this.receiver))
				? Subscription.State.RECEIVING : state;
	}

	/**
	 * The number of messages that the source has handed over and that are not settled.
	 * @return the number at this moment; zero if the daemon is not running
	 */
	public int inFlight() {
		Subscription subscription = subscription();
		return (subscription != null) ? subscription.inFlight() : 0;
	}

	/**
	 * When a message was last handed over, begun or settled, as the system's clock said
	 * then. Whether that is long ago is told by {@link #idleTime()}: a daemon that has
	 * messages in flight and makes no progress for long is stuck.
	 * @return the time of the last progress; that of the start if there was none
	 */
	public Instant lastProgress() {
		return this.lastProgress;
	}

	/**
	 * How long ago the last progress was. A change of the system's time does not touch
	 * it.
	 * @return the time since the last progress, or since the start if there was none
	 */
	public Duration idleTime() {
		return Duration.ofNanos(Math.max(this.time.nanos() - this.lastProgressNanos, 0));
	}

	/**
	 * Whether messages are in flight but nothing has been handed over, begun or settled
	 * for long. What the receiver collects by intention is not stuck.
	 * @param after the time from which on it is long
	 * @return {@code true} if so at this moment
	 */
	public boolean isStuck(Duration after) {
		return inFlight() > 0 && idleTime().compareTo(after) > 0 && !this.receiver.isAtRest();
	}

	/**
	 * The threads of the receiver, for who looks for a fault.
	 * @return the threads at this moment; none if the receiver does not know them
	 */
	public Collection<Thread> threads() {
		return this.receiver.threads();
	}

	// A pause for a reason that is gone must not come after the resume.
	private boolean pauseIfHalted() {
		synchronized (this.pauses) {
			boolean halted = haltReason() != null;
			if (halted) {
				pause();
			}
			return halted;
		}
	}

	/**
	 * Listens to the receiver.
	 */
	private final class ReceiverHost implements Receiver.Host {

		@Override
		public void progressed() {
			ConsumerDaemon.this.lastProgress = ConsumerDaemon.this.time.now();
			ConsumerDaemon.this.lastProgressNanos = ConsumerDaemon.this.time.nanos();
		}

		@Override
		public boolean halted() {
			return pauseIfHalted();
		}

	}

}
