package io.pubsub.circuit;

import java.util.Map;
import java.util.function.Supplier;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.pubsub.Outcome;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.DispatchInterceptor;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

/**
 * {@link DispatchInterceptor} that spares a handler whose messages fail too often: a
 * circuit breaker for each handler, named after it.
 * <p>
 * While the circuit of the only handler is open, the daemon is paused; after that it
 * receives what may be tried, and no more until the circuit is closed. Where there are
 * several, the messages of that handler are handed back untried, to come again when the
 * circuit lets some through. It counts what the handler fails on; a message that it wants
 * again, and one that never reaches it, say nothing. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class HandlerCircuits implements DispatchInterceptor {

	/**
	 * The reason of the outcome of a message that was not tried, because the circuit of
	 * its handler is open.
	 */
	public static final String CIRCUIT_OPEN = "circuit-open";

	private final Circuits circuits;

	private final HandlerRegistry handlers;

	private final Supplier<@Nullable ConsumerDaemon> daemon;

	/**
	 * Makes circuits.
	 * @param registry the registry that has or makes the circuit breakers
	 * @param handlers the handlers
	 * @param daemon the daemon to pause, if there is one
	 * @param timekeeper the time by which a pause ends
	 */
	public HandlerCircuits(CircuitBreakerRegistry registry, HandlerRegistry handlers,
			Supplier<@Nullable ConsumerDaemon> daemon, Timekeeper timekeeper) {
		this.circuits = new Circuits(registry, timekeeper, this::limit);
		this.handlers = handlers;
		this.daemon = daemon;
	}

	@Override
	public Outcome intercept(Invocation invocation) throws Exception {
		Circuit.Call call = this.circuits.get(invocation.handler().name()).begin();
		Outcome refusal = call.refusal();
		return (refusal != null) ? refusal : proceed(invocation, call);
	}

	private static Outcome proceed(Invocation invocation, Circuit.Call call) throws Exception {
		try {
			Outcome outcome = invocation.proceed();
			call.end(outcome);
			return outcome;
		}
		catch (Throwable ex) {
			call.end(Outcome.of(ex));
			throw ex;
		}
	}

	/**
	 * What is not tried is observed, but has no other effect.
	 */
	@Override
	public Phase phase() {
		return Phase.GUARD;
	}

	// With several handlers, the others go on.
	private void limit(String handler, int messages) {
		ConsumerDaemon daemon = this.daemon.get();
		if (daemon == null) {
			return;
		}
		if (messages == Circuit.UNLIMITED) {
			daemon.resume(this);
		}
		else if (this.handlers.handlers().stream().allMatch((other) -> other.name().equals(handler))) {
			daemon.limit(this, messages);
		}
	}

	/**
	 * How the circuits are.
	 * @return the state, such as {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}, by
	 * the name of the handler; of those only that have got a message
	 */
	public Map<String, String> states() {
		return this.circuits.states();
	}

}
