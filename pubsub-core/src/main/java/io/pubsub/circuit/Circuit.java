package io.pubsub.circuit;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.pubsub.Outcome;
import io.pubsub.internal.DurationText;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The circuit of one handler or pipeline, which decides whether a message may be tried
 * and counts what comes of it. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class Circuit {

	/**
	 * A number of messages that is no limit.
	 */
	public static final int UNLIMITED = Integer.MAX_VALUE;

	private static final Logger logger = LoggerFactory.getLogger(HandlerCircuits.class);

	// A message that came back a moment too early would be received once more.
	private static final Duration MARGIN = Duration.ofSeconds(1);

	private static final int JITTER_DIVISOR = 10;

	private final CircuitBreaker breaker;

	private final Timekeeper timekeeper;

	private final IntConsumer limit;

	@GuardedBy("this")
	private int openings;

	// Calls at work, and those of them that were so before the state last changed.
	@GuardedBy("this")
	private int running;

	@GuardedBy("this")
	private int earlier;

	@GuardedBy("this")
	private int changes;

	@GuardedBy("this")
	private Opening opening;

	Circuit(CircuitBreaker breaker, Timekeeper timekeeper, IntConsumer limit) {
		this.breaker = breaker;
		this.timekeeper = timekeeper;
		this.limit = limit;
		this.opening = new Opening(timekeeper.nanos(), Duration.ZERO);
		breaker.getEventPublisher().onStateTransition(this::changed);
	}

	String state() {
		return this.breaker.getState().toString();
	}

	/**
	 * Asks whether a message may be tried.
	 * @return the call, which has to be ended unless it is refused
	 */
	// Between a change of the state and what follows from it here, nothing may be
	// handed back: its slot would be taken by a message that is not tried either.
	public synchronized Call begin() {
		if (!this.breaker.tryAcquirePermission()) {
			return new Call(untried(), 0, 0);
		}
		this.running++;
		return new Call(null, this.timekeeper.nanos(), this.changes);
	}

	private synchronized void end(Outcome outcome, long start, int begun) {
		try {
			record(outcome, start, begun);
		}
		finally {
			ended(begun);
		}
	}

	@GuardedBy("this")
	private void ended(int begun) {
		this.running--;
		if (isLate(begun)) {
			this.earlier--;
		}
		if (this.breaker.getState() == State.HALF_OPEN) {
			limit();
		}
	}

	// It is no probe: how things were before the state changed has been decided.
	@GuardedBy("this")
	private boolean isLate(int begun) {
		return begun != this.changes;
	}

	// What is received beyond that could only be handed back.
	@GuardedBy("this")
	private void limit() {
		State state = this.breaker.getState();
		if (isOpen(state)) {
			this.limit.accept(0);
		}
		else {
			this.limit.accept((state == State.HALF_OPEN) ? this.earlier + awaitedProbes() : UNLIMITED);
		}
	}

	// How many more results decide. Probes at work are among them: they are in flight.
	private int awaitedProbes() {
		CircuitBreakerConfig config = this.breaker.getCircuitBreakerConfig();
		int wanted = Math.min(config.getPermittedNumberOfCallsInHalfOpenState(), config.getMinimumNumberOfCalls());
		return Math.max(wanted - this.breaker.getMetrics().getNumberOfBufferedCalls(), 0);
	}

	private static boolean isOpen(State state) {
		return state == State.OPEN || state == State.FORCED_OPEN;
	}

	@GuardedBy("this")
	private void record(Outcome outcome, long start, int begun) {
		if (isLate(begun)) {
			return;
		}
		if (!outcome.tried()) {
			this.breaker.releasePermission();
			return;
		}
		long elapsed = this.timekeeper.nanos() - start;
		switch (outcome.kind()) {
			case SUCCEEDED, SKIPPED, IGNORED, EXPIRED -> this.breaker.onSuccess(elapsed, TimeUnit.NANOSECONDS);
			case RETRIED -> this.breaker.releasePermission();
			case FAILED -> this.breaker.onError(elapsed, TimeUnit.NANOSECONDS, (outcome.cause() != null)
					? outcome.cause() : new IllegalStateException("the outcome says that it failed"));
		}
	}

	@GuardedBy("this")
	private Outcome untried() {
		Duration remaining = this.opening.remaining(this.timekeeper.nanos());
		Duration wait = (remaining.isNegative() || this.breaker.getState() == State.HALF_OPEN) ? this.opening.length()
				: remaining;
		long jitter = ThreadLocalRandom.current().nextLong(this.opening.length().toMillis() / JITTER_DIVISOR + 1);
		Duration delay = wait.plus(MARGIN).plusMillis(jitter);
		return Outcome.untried((delay.compareTo(BackoffPolicy.LONGEST_DELAY) < 0) ? delay : BackoffPolicy.LONGEST_DELAY,
				HandlerCircuits.CIRCUIT_OPEN);
	}

	private synchronized void changed(CircuitBreakerOnStateTransitionEvent event) {
		State to = event.getStateTransition().getToState();
		this.changes++;
		this.earlier = this.running;
		if (isOpen(to)) {
			this.openings++;
			this.opening = open(this.openings);
			log(event.getStateTransition().getFromState(), this.opening.length());
		}
		else if (to == State.CLOSED) {
			this.openings = 0;
			logger.info("The circuit of {} is closed: its messages are handled again", this.breaker.getName());
		}
		limit();
	}

	// While nothing is received, nothing else would tell the circuit breaker of the time.
	private Opening open(int count) {
		Duration length = Duration
			.ofMillis(this.breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState().apply(count));
		Opening opening = new Opening(this.timekeeper.nanos(), length);
		this.timekeeper.after(length, () -> halfOpen(opening));
		return opening;
	}

	private synchronized void halfOpen(Opening ended) {
		if (this.opening.equals(ended) && this.breaker.getState() == State.OPEN) {
			this.breaker.transitionToHalfOpenState();
		}
	}

	// That a probe failed is no news.
	private void log(State from, Duration length) {
		logger.atLevel((from == State.HALF_OPEN) ? Level.DEBUG : Level.WARN)
			.log("The circuit of {} is open: its messages are not tried for {}", this.breaker.getName(),
					DurationText.of(length));
	}

	/**
	 * A message on its way through the circuit.
	 */
	public final class Call {

		private final @Nullable Outcome refusal;

		private final long start;

		private final int begun;

		private Call(@Nullable Outcome refusal, long start, int begun) {
			this.refusal = refusal;
			this.start = start;
			this.begun = begun;
		}

		/**
		 * The reason not to try the message.
		 * @return the outcome that hands it back untried; {@code null} if it may be tried
		 */
		public @Nullable Outcome refusal() {
			return this.refusal;
		}

		/**
		 * Counts what has come of the message, once. Does nothing if it was refused.
		 * @param outcome the outcome of the message
		 */
		public void end(Outcome outcome) {
			if (this.refusal == null) {
				Circuit.this.end(outcome, this.start, this.begun);
			}
		}

	}

	/**
	 * A time for which the circuit is open.
	 *
	 * @param start the time at which it began, by {@link Timekeeper#nanos()}
	 * @param length the length of the pause
	 */
	private record Opening(long start, Duration length) {

		Duration remaining(long now) {
			return this.length.minusNanos(now - this.start);
		}

	}

}
