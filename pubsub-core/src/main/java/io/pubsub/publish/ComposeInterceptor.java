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
 */
@FunctionalInterface
public interface ComposeInterceptor {

	/**
	 * Has a message composed.
	 * @param mediaType the media type of the message
	 * @param next what composes it
	 * @return what was composed
	 */
	OutboundMessage intercept(MediaType mediaType, Composition next);

	/**
	 * What composes the message.
	 */
	@FunctionalInterface
	interface Composition {

		/**
		 * Composes.
		 * @param headers what is added to the opaque data and, as far as there is room,
		 * to the attributes; opaque data of the message's own win
		 * @return the message
		 */
		OutboundMessage compose(Map<String, String> headers);

	}

}
