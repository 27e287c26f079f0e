package io.pubsub.dispatch;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;

/**
 * Stands between the dispatcher and the handlers, for what concerns all of them.
 * <p>
 * Runs on the handler's thread, also for a message that was delivered too often and whose
 * handler is not called. One instance serves all messages and must be safe for use by
 * many threads.
 */
@FunctionalInterface
public interface DispatchInterceptor {

	/**
	 * Handles a message, or leaves it to what comes next.
	 * @param content the validated content
	 * @param context what else is known of the message
	 * @param next the next interceptor, or the handler
	 * @return what became of the message
	 * @throws Exception what the handler throws, or the like
	 */
	Outcome intercept(Object content, MessageContext context, Invocation next) throws Exception;

	/**
	 * What comes next.
	 */
	@FunctionalInterface
	interface Invocation {

		/**
		 * Goes on.
		 * @return what became of the message
		 * @throws Exception what the handler throws
		 */
		Outcome proceed() throws Exception;

	}

}
