package io.pubsub.autoconfigure;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.dispatch.DispatchInterceptor;

import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.Ordered;

/**
 * Keeps the locale and time zone that a handler sets for its thread from the next
 * message.
 */
final class LocaleInterceptor implements DispatchInterceptor, Ordered {

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public Outcome intercept(Object content, MessageContext context, Invocation next) throws Exception {
		LocaleContext before = LocaleContextHolder.getLocaleContext();
		try {
			return next.proceed();
		}
		finally {
			LocaleContextHolder.setLocaleContext(before);
		}
	}

}
