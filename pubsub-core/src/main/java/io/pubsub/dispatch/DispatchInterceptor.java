package io.pubsub.dispatch;

import java.util.concurrent.Callable;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;

/**
 * Stands between the dispatcher and the handlers, for what concerns all of them.
 * <p>
 * Runs on the handler's thread, also for a message that was delivered too often and whose
 * handler is not called. One instance serves all messages and must be safe for use by
 * many threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DispatchInterceptor {

	/**
	 * Handles a message, or leaves it to what comes next.
	 * @param invocation the message, its handler, and the way on
	 * @return the outcome of the message
	 * @throws Exception an exception of the handler, or the like
	 */
	Outcome intercept(Invocation invocation) throws Exception;

	/**
	 * The place of this interceptor among the others. Those of one phase stand in the
	 * order in which the dispatcher got them.
	 * @return the phase; by default the one next to the handlers
	 */
	default Phase phase() {
		return Phase.USER;
	}

	/**
	 * The places of interceptors, the outermost first.
	 */
	enum Phase {

		/** Sees everything, also what is not tried: observations. */
		OBSERVE,

		/** Decides whether a message is tried at all: circuits. */
		GUARD,

		/** Lets a message be handled once, in a transaction if there is one. */
		ONCE,

		/** Publishes what the handler has deferred, when it has succeeded. */
		PUBLISH,

		/** Next to the handlers, inside of the transaction. */
		USER

	}

	/**
	 * The call of a handler with a message.
	 */
	interface Invocation {

		/**
		 * The content of the message.
		 * @return the content, valid
		 */
		Object content();

		/**
		 * All else that is known of the message.
		 * @return the context
		 */
		MessageContext context();

		/**
		 * The handler of the message.
		 * @return the handler
		 */
		Handler handler();

		/**
		 * Goes on with the next interceptor, or the handler. May be called again, to try
		 * once more.
		 * @return the outcome of the message
		 * @throws Exception an exception of the handler
		 */
		Outcome proceed() throws Exception;

		/**
		 * An invocation outside of a dispatcher, such as in the test of an interceptor.
		 * @param content the content of the message
		 * @param context the context of the message
		 * @param handler the handler of the message
		 * @param next the way on
		 * @return the invocation
		 */
		static Invocation of(Object content, MessageContext context, Handler handler, Callable<Outcome> next) {
			return new SimpleInvocation(content, context, handler, next);
		}

	}

}
