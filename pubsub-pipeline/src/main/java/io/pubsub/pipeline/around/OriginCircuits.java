package io.pubsub.pipeline.around;

import java.util.Map;
import java.util.function.Function;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.circuit.Circuit;
import io.pubsub.circuit.Circuits;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.pipeline.OriginInterceptor;
import io.pubsub.pipeline.OriginScope;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

/**
 * {@link OriginInterceptor} that spares a pipeline whose messages fail too often: a
 * circuit breaker for each pipeline, named after it.
 * <p>
 * It counts messages, not elements. While the circuit of a pipeline is open, its daemon
 * is paused; after that it receives what may be tried, and no more until the circuit is
 * closed. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class OriginCircuits implements OriginInterceptor {

	private final Circuits circuits;

	private final Function<String, @Nullable ConsumerDaemon> daemons;

	/**
	 * Makes circuits.
	 * @param registry the registry that has or makes the circuit breakers
	 * @param daemons finds the daemon to pause by the name of its pipeline, if there is
	 * one
	 * @param timekeeper the time by which a pause ends
	 */
	public OriginCircuits(CircuitBreakerRegistry registry, Function<String, @Nullable ConsumerDaemon> daemons,
			Timekeeper timekeeper) {
		this.circuits = new Circuits(registry, timekeeper, this::limit);
		this.daemons = daemons;
	}

	@Override
	public OriginScope begin(String pipeline, Object content, MessageContext context) {
		return new Counted(this.circuits.get(pipeline).begin());
	}

	private void limit(String pipeline, int messages) {
		ConsumerDaemon daemon = this.daemons.apply(pipeline);
		if (daemon == null) {
			return;
		}
		if (messages == Circuit.UNLIMITED) {
			daemon.resume(this);
		}
		else {
			daemon.limit(this, messages);
		}
	}

	/**
	 * How the circuits are.
	 * @return the state, such as {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}, by
	 * the name of the pipeline; of those only that have got a message
	 */
	public Map<String, String> states() {
		return this.circuits.states();
	}

	/**
	 * The scope of a message that the circuit counts.
	 *
	 * @param call the way of the message through the circuit
	 */
	private record Counted(Circuit.Call call) implements OriginScope {

		@Override
		public @Nullable Outcome refusal() {
			return this.call.refusal();
		}

		@Override
		public Outcome end(Outcome outcome) {
			this.call.end(outcome);
			return outcome;
		}

	}

}
