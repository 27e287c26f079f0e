package io.pubsub.idempotency;

import io.pubsub.Outcome;
import io.pubsub.dispatch.DispatchInterceptor;
import io.pubsub.dispatch.HandlingInterruptedException;
import io.pubsub.publish.PublishScopes;

/**
 * {@link DispatchInterceptor} that lets a message be handled once, in a transaction of
 * the {@link IdempotencyStore} if that has any.
 * <p>
 * What the handler publishes in that transaction, or defers, is published before the
 * commit: a message must not count as done whose own messages may still be lost.
 *
 * @since 0.1.0
 */
public final class IdempotentHandling implements DispatchInterceptor {

	/**
	 * The reason of the outcome of a message that was handled before.
	 */
	public static final String DUPLICATE = "duplicate";

	/**
	 * The reason of the outcome of a message that was not tried, because somebody else is
	 * handling it.
	 */
	public static final String IN_PROGRESS = "in-progress";

	private final IdempotencyStore store;

	private final IdempotencyKeys keys;

	private final PublishScopes scopes;

	/**
	 * Makes an interceptor.
	 * @param store the store of the keys
	 * @param keys the keys of messages
	 * @param scopes the scopes of publishing, for the messages that wait for a commit
	 */
	public IdempotentHandling(IdempotencyStore store, IdempotencyKeys keys, PublishScopes scopes) {
		this.store = store;
		this.keys = keys;
		this.scopes = scopes;
	}

	@Override
	public Outcome intercept(Invocation invocation) throws Exception {
		String key = this.keys.keyOf(invocation.content(), invocation.context());
		if (key == null) {
			return invocation.proceed();
		}
		// A claim would keep the message from whoever has it by now.
		if (invocation.context().isLost()) {
			return HandlingInterruptedException.lost().outcome(false);
		}
		Claim claim = this.store.claim(key);
		Outcome refusal = claim.refusal();
		return (refusal != null) ? refusal : handle(claim, invocation);
	}

	/**
	 * Inside of the circuits, because what is not tried needs no claim, and around what
	 * publishes on success, because a message is done only when that is over.
	 */
	@Override
	public Phase phase() {
		return Phase.ONCE;
	}

	private Outcome handle(Claim claim, Invocation invocation) throws Exception {
		try {
			Outcome outcome = this.store.inTransaction(() -> proceed(claim, invocation));
			if (!outcome.kind().isAcknowledged()) {
				this.store.release(claim);
			}
			return outcome;
		}
		catch (Exception | Error ex) {
			afterRollback(claim, ex);
			throw ex;
		}
	}

	private Outcome proceed(Claim claim, Invocation invocation) throws Exception {
		Outcome outcome = invocation.proceed();
		if (outcome.kind().isAcknowledged()) {
			this.store.complete(claim);
			this.scopes.publishBeforeCommit();
		}
		return outcome;
	}

	// An interrupt would keep a store from doing this. What a handler skips by throwing
	// is done, although its transaction was rolled back.
	private void afterRollback(Claim claim, Throwable thrown) {
		boolean interrupted = Thread.interrupted();
		try {
			this.store.settle(claim, Outcome.of(thrown));
		}
		catch (Exception ex) {
			thrown.addSuppressed(ex);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
