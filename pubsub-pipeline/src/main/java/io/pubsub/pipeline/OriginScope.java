package io.pubsub.pipeline;

import io.pubsub.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The time of one message in a pipeline, from its begin to its settlement, or that of a
 * batch until the last leaf of it has ended.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface OriginScope {

	/**
	 * A scope in which nothing is special.
	 */
	OriginScope PLAIN = new OriginScope() {
	};

	/**
	 * A way out of something that was not entered.
	 */
	AutoCloseable NOTHING = () -> {
	};

	/**
	 * The reason not to begin the message at all.
	 * @return its outcome; {@code null}, the default, if it may begin
	 */
	default @Nullable Outcome refusal() {
		return null;
	}

	/**
	 * Enters the surroundings of the user's functions, on each thread that calls some. If
	 * it throws, no function is called outside of them: the element fails.
	 * @return the way out, used on the same thread; {@link #NOTHING}, the default, if
	 * there are none
	 */
	default AutoCloseable open() {
		return NOTHING;
	}

	/**
	 * Ends the scope, before the message is settled.
	 * @param outcome the outcome of the message
	 * @return the outcome that it is settled by; by default the same
	 * @throws Exception if it cannot be ended: the message fails
	 */
	default Outcome end(Outcome outcome) throws Exception {
		return outcome;
	}

}
