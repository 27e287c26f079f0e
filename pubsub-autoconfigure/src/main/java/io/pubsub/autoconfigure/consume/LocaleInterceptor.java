package io.pubsub.autoconfigure.consume;

import io.pubsub.Outcome;
import io.pubsub.dispatch.DispatchInterceptor;

import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;

/**
 * Keeps the locale and time zone that a handler sets for its thread from the next
 * message.
 */
final class LocaleInterceptor implements DispatchInterceptor {

	@Override
	public Phase phase() {
		return Phase.OBSERVE;
	}

	@Override
	public Outcome intercept(Invocation invocation) throws Exception {
		LocaleContext before = LocaleContextHolder.getLocaleContext();
		try {
			return invocation.proceed();
		}
		finally {
			LocaleContextHolder.setLocaleContext(before);
		}
	}

}
