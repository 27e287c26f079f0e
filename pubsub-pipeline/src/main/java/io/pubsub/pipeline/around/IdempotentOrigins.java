package io.pubsub.pipeline.around;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.dispatch.HandlingInterruptedException;
import io.pubsub.idempotency.Claim;
import io.pubsub.idempotency.IdempotencyKeys;
import io.pubsub.idempotency.IdempotencyStore;
import io.pubsub.pipeline.OriginInterceptor;
import io.pubsub.pipeline.OriginScope;
import io.pubsub.time.Timekeeper;

/**
 * {@link OriginInterceptor} that lets a message pass a pipeline once.
 * <p>
 * A message is claimed before it begins; the claim is renewed for as long as the message
 * is in work, completed before the message is acknowledged, and released if that is
 * handed back. There is no transaction: what the functions have done stays, and is done
 * again with the next delivery. A claim that was lost fails the message. Safe for use by
 * many threads.
 *
 * @since 0.1.0
 */
public final class IdempotentOrigins implements OriginInterceptor {

	private final IdempotencyStore store;

	private final Function<String, IdempotencyKeys> keys;

	private final Renewals renewals;

	/**
	 * Makes an interceptor.
	 * @param store the store of the keys
	 * @param keys finds the keys of messages by the name of their pipeline
	 * @param lease the time that a claim lasts in the store without being renewed
	 * @param timekeeper the time by which claims are renewed
	 * @param executor the executor that renews them, one task at a time; the store may
	 * block it
	 */
	public IdempotentOrigins(IdempotencyStore store, Function<String, IdempotencyKeys> keys, Duration lease,
			Timekeeper timekeeper, Executor executor) {
		this.store = store;
		this.keys = keys;
		this.renewals = new Renewals(store, lease, timekeeper, executor);
	}

	@Override
	public OriginScope begin(String pipeline, Object content, MessageContext context) {
		String key = this.keys.apply(pipeline).keyOf(content, context);
		if (key == null) {
			return OriginScope.PLAIN;
		}
		// A claim would keep the message from whoever has it by now.
		if (context.isLost()) {
			return new Refused(HandlingInterruptedException.lost().outcome(false));
		}
		Claim claim = this.store.claim(key);
		Outcome refusal = claim.refusal();
		if (refusal != null) {
			return new Refused(refusal);
		}
		this.renewals.add(claim, context);
		return new Claimed(claim);
	}

	/**
	 * The scope of a message that may not begin.
	 *
	 * @param refusal the outcome of the message
	 */
	private record Refused(Outcome refusal) implements OriginScope {

	}

	/**
	 * The scope of a message whose claim was granted.
	 */
	private final class Claimed implements OriginScope {

		private final Claim claim;

		Claimed(Claim claim) {
			this.claim = claim;
		}

		@Override
		public Outcome end(Outcome outcome) throws Exception {
			IdempotentOrigins.this.renewals.remove(this.claim);
			try {
				IdempotentOrigins.this.store.settle(this.claim, outcome);
				return outcome;
			}
			catch (Exception | Error ex) {
				release(ex);
				throw ex;
			}
		}

		private void release(Throwable thrown) {
			try {
				IdempotentOrigins.this.store.release(this.claim);
			}
			catch (RuntimeException ex) {
				thrown.addSuppressed(ex);
			}
		}

	}

}
