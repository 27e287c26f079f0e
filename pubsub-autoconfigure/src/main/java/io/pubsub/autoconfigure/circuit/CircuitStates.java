package io.pubsub.autoconfigure.circuit;

import java.util.Map;

/**
 * The states of the circuit breakers of a consumer.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CircuitStates {

	/**
	 * The states of a consumer's circuits.
	 * @param daemon the name of the daemon, such as that of a pipeline
	 * @return the states by the name of what a circuit is for; of those only that have
	 * got a message
	 */
	Map<String, String> of(String daemon);

}
