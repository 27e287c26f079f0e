package io.pubsub.publish;

import java.util.concurrent.atomic.LongAdder;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.dispatch.DispatchInterceptor;

/**
 * {@link DispatchInterceptor} that publishes what a handler has deferred when its message
 * has succeeded, before it is acknowledged. What cannot be published fails the message.
 * <p>
 * Whoever interrupts a handler takes its message from it: an interrupted handler's
 * messages are not published, and neither are those of a handler whose message is
 * {@linkplain MessageContext#isLost() lost}. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class PublishOnSuccess implements DispatchInterceptor {

	private final LongAdder refused = new LongAdder();

	private final PublishScopes scopes;

	/**
	 * Makes an interceptor.
	 * @param scopes the scopes in which handlers defer
	 */
	public PublishOnSuccess(PublishScopes scopes) {
		this.scopes = scopes;
	}

	@Override
	public Outcome intercept(Invocation invocation) throws Exception {
		try (PublishScope scope = this.scopes.openForCommitted()) {
			Outcome outcome = invocation.proceed();
			if (outcome.kind() == Outcome.Kind.SUCCEEDED && scope.pending().size() > 0) {
				commit(scope, invocation.context());
			}
			return outcome;
		}
	}

	/**
	 * Around the interceptors of users, because it must know the outcome that they leave.
	 */
	@Override
	public Phase phase() {
		return Phase.PUBLISH;
	}

	/**
	 * The deferred messages that were not published although their handlers succeeded,
	 * because these had been interrupted or had lost their message.
	 * @return the number until now
	 */
	public long refused() {
		return this.refused.sum();
	}

	private void commit(PublishScope scope, MessageContext context) {
		if (context.isLost()) {
			throw refuse(scope, "the message was lost while it was handled: somebody else has it");
		}
		if (Thread.currentThread().isInterrupted()) {
			throw refuse(scope, "the handler was interrupted");
		}
		scope.commit();
	}

	private PublishException refuse(PublishScope scope, String why) {
		int messages = scope.pending().size();
		this.refused.add(messages);
		return new PublishException("%d deferred messages were not published, because %s".formatted(messages, why),
				null);
	}

}
