package io.pubsub.publish;

import java.util.Map;

import io.pubsub.MediaType;
import io.pubsub.transport.OutboundMessage;

/**
 * Stands around the composing of every message, and may add what travels with it, such as
 * the ids of a trace.
 * <p>
 * Runs on the thread that publishes, before a deferred message is kept. One instance
 * serves all messages and must be safe for use by many threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ComposeInterceptor {

	/**
	 * Has a message composed.
	 * @param mediaType the media type of the message
	 * @param next the rest of the composing
	 * @return the message, composed
	 */
	OutboundMessage intercept(MediaType mediaType, Composition next);

	/**
	 * The place of this interceptor among the others. Those of one phase stand in the
	 * order in which the composer got them.
	 * @return the phase; by default the one next to the composer
	 */
	default Phase phase() {
		return Phase.USER;
	}

	/**
	 * The places of interceptors, the outermost first.
	 */
	enum Phase {

		/** Sees all of the composing: observations. */
		OBSERVE,

		/** Next to the composer. */
		USER

	}

	/**
	 * The rest of the composing.
	 */
	@FunctionalInterface
	interface Composition {

		/**
		 * Composes.
		 * @param headers the additions to the opaque data and, as far as there is room,
		 * to the attributes; those of interceptors further in win, and opaque data of the
		 * message's own win over all
		 * @return the message
		 */
		OutboundMessage compose(Map<String, String> headers);

	}

}
