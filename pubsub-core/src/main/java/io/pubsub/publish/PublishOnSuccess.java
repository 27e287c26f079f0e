package io.pubsub.publish;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.dispatch.DispatchInterceptor;

/**
 * {@link DispatchInterceptor} that publishes what a handler has deferred when its message
 * has succeeded, before it is acknowledged. What cannot be published fails the message.
 * <p>
 * Whoever interrupts a handler takes its message from it: an interrupted handler's
 * messages are not published.
 */
public final class PublishOnSuccess implements DispatchInterceptor {

	private final PublishScopes scopes;

	/**
	 * Makes an interceptor.
	 * @param scopes the scopes in which handlers defer
	 */
	public PublishOnSuccess(PublishScopes scopes) {
		this.scopes = scopes;
	}

	@Override
	public Outcome intercept(Object content, MessageContext context, Invocation next) throws Exception {
		try (PublishScope scope = this.scopes.openForCommitted()) {
			Outcome outcome = next.proceed();
			if (outcome.kind() == Outcome.Kind.SUCCEEDED && scope.pending().size() > 0) {
				commit(scope);
			}
			return outcome;
		}
	}

	private static void commit(PublishScope scope) {
		if (Thread.currentThread().isInterrupted()) {
			throw new PublishException("%d deferred messages were not published, because the handler was interrupted"
				.formatted(scope.pending().size()), null);
		}
		scope.commit();
	}

}
