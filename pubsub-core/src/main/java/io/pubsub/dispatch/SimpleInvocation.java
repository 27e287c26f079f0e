package io.pubsub.dispatch;

import java.util.concurrent.Callable;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;

/**
 * {@link DispatchInterceptor.Invocation} that is made of its parts.
 *
 * @param content the content of the message
 * @param context the context of the message
 * @param handler the handler of the message
 * @param next the way on
 */
record SimpleInvocation(Object content, MessageContext context, Handler handler,
		Callable<Outcome> next) implements DispatchInterceptor.Invocation {

	@Override
	public Outcome proceed() throws Exception {
		return this.next.call();
	}

}
