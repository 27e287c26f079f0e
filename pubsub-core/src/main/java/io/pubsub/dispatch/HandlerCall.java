package io.pubsub.dispatch;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.dispatch.internal.LogContext;
import io.pubsub.transport.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * The call of a handler, through the interceptors and under the time limit.
 */
final class HandlerCall {

	private final List<DispatchInterceptor> interceptors;

	private final Judgement judgement;

	private final @Nullable HandlingTimeLimit timeLimit;

	private final Predicate<String> loggedKeys;

	/**
	 * Makes a call.
	 * @param interceptors the interceptors; those of one phase in their order
	 * @param judgement the judgement, which knows how often a message may be tried
	 * @param timeLimit the limit for the time of a handler, if there is one
	 * @param loggedKeys the filter for the keys of opaque data that log lines carry
	 */
	HandlerCall(List<DispatchInterceptor> interceptors, Judgement judgement, @Nullable HandlingTimeLimit timeLimit,
			Predicate<String> loggedKeys) {
		this.interceptors = interceptors.stream().sorted(Comparator.comparing(DispatchInterceptor::phase)).toList();
		this.judgement = judgement;
		this.timeLimit = timeLimit;
		this.loggedKeys = loggedKeys;
	}

	/**
	 * Calls the handler of a message on the calling thread.
	 * @param arrival the message and its handler
	 * @return the outcome, whatever the handler does
	 */
	Outcome call(Arrival.Admitted<Handler> arrival) {
		Handling handling = new Handling();
		Delivery delivery = arrival.delivery();
		try (MessageContext.Scope current = arrival.context().makeCurrent();
				LogContext log = LogContext.of(arrival.context().messageId(), arrival.context(),
						arrival.recipient().name(), this.loggedKeys)) {
			delivery.onLost(() -> handling.interrupt(HandlingInterruptedException.lost()));
			if (this.timeLimit != null) {
				this.timeLimit.watch(handling, arrival.recipient(), delivery);
			}
			return handling.call(() -> unlessLost(delivery, new Step(arrival, handling, 0).proceed()));
		}
		catch (HandlingInterruptedException ex) {
			return ex.outcome(true);
		}
		// A handler may throw the exceptions of a codec too, for a message that it
		// publishes: that says nothing of this one.
		catch (Throwable ex) {
			return Outcome.of(ex);
		}
	}

	// Whoever looks first tells of a loss: what should, may come late after a pause.
	private static Outcome unlessLost(Delivery delivery, Outcome outcome) {
		return delivery.isLost() ? HandlingInterruptedException.lost().outcome(true) : outcome;
	}

	// The code of users is not held to our annotations.
	private static Outcome insist(@Nullable Outcome outcome, Object origin) {
		if (outcome == null) {
			throw new IllegalStateException(origin + " returned null instead of an Outcome");
		}
		return outcome;
	}

	/**
	 * What an interceptor, or at last the handler, is called with.
	 */
	private final class Step implements DispatchInterceptor.Invocation {

		private final Arrival.Admitted<Handler> arrival;

		private final Handling handling;

		private final int next;

		Step(Arrival.Admitted<Handler> arrival, Handling handling, int next) {
			this.arrival = arrival;
			this.handling = handling;
			this.next = next;
		}

		@Override
		public Object content() {
			return this.arrival.content();
		}

		@Override
		public MessageContext context() {
			return this.arrival.context();
		}

		@Override
		public Handler handler() {
			return this.arrival.recipient();
		}

		@Override
		public Outcome proceed() throws Exception {
			List<DispatchInterceptor> interceptors = HandlerCall.this.interceptors;
			if (this.next == interceptors.size()) {
				return handle();
			}
			DispatchInterceptor interceptor = interceptors.get(this.next);
			return insist(interceptor.intercept(new Step(this.arrival, this.handling, this.next + 1)), interceptor);
		}

		// Not before the interceptors: one of them may know that the last attempt
		// succeeded.
		private Outcome handle() throws Exception {
			Delivery delivery = this.arrival.delivery();
			if (delivery.isLost()) {
				return HandlingInterruptedException.lost().outcome(false);
			}
			Outcome refusal = HandlerCall.this.judgement.refusal(delivery);
			if (refusal != null) {
				return refusal;
			}
			try {
				return insist(handler().target().handle(content(), context()), handler());
			}
			finally {
				this.handling.endForeignInterrupt();
			}
		}

	}

}
