package io.pubsub.circuit;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjIntConsumer;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.pubsub.time.Timekeeper;

/**
 * Circuits by their names. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class Circuits {

	private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();

	private final CircuitBreakerRegistry registry;

	private final Timekeeper timekeeper;

	private final ObjIntConsumer<String> limiter;

	/**
	 * Makes circuits.
	 * @param registry the registry that has or makes the circuit breakers
	 * @param timekeeper the time by which a pause ends
	 * @param limiter is told the name of a circuit, and how many messages should be in
	 * flight for it at most: none while it is open, {@link Circuit#UNLIMITED} when it is
	 * closed
	 */
	public Circuits(CircuitBreakerRegistry registry, Timekeeper timekeeper, ObjIntConsumer<String> limiter) {
		this.registry = registry;
		this.timekeeper = timekeeper;
		this.limiter = limiter;
	}

	/**
	 * A circuit, which is made if there is none of that name.
	 * @param name the name of a handler or a pipeline
	 * @return the circuit
	 */
	public Circuit get(String name) {
		return this.circuits.computeIfAbsent(name, (key) -> new Circuit(this.registry.circuitBreaker(key),
				this.timekeeper, (messages) -> this.limiter.accept(key, messages)));
	}

	/**
	 * How the circuits are.
	 * @return the state, such as {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}, by
	 * the name; of those only that have got a message
	 */
	public Map<String, String> states() {
		Map<String, String> states = new TreeMap<>();
		this.circuits.forEach((name, circuit) -> states.put(name, circuit.state()));
		return states;
	}

}
