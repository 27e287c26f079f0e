package io.pubsub.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.pubsub.Outcome;
import io.pubsub.internal.LogText;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Receiver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Receiver} that turns a delivery into the call of a handler, and what became of
 * it into a settlement. It works on the thread that calls {@link #receive(Delivery)}.
 * <p>
 * Whatever goes wrong with a message is an {@link Outcome} of that message, and never an
 * exception for the caller. When there are more dead letters than its
 * {@link DeadLetterLimit} admits, it halts. Safe for use by many threads.
 */
public final class MessageDispatcher implements Receiver {

	private static final Logger logger = LoggerFactory.getLogger(MessageDispatcher.class);

	/**
	 * The reason of the outcome of a message whose envelope cannot be opened.
	 */
	public static final String MALFORMED = "malformed";

	/**
	 * The reason of the outcome of a message that does not come from where it should.
	 */
	public static final String UNTRUSTED = "untrusted";

	/**
	 * The reason of the outcome of a message that violates its schema.
	 */
	public static final String INVALID = "invalid";

	/**
	 * The reason of the outcome of a message that was delivered too often.
	 */
	public static final String ATTEMPTS = "attempts";

	/**
	 * The reason of the outcome of a message whose handler took too long.
	 */
	public static final String TIMEOUT = "timeout";

	/**
	 * The reason of the outcome of a message that was taken from its handler, because it
	 * could not be kept hidden from others. It is neither acknowledged nor handed back.
	 */
	public static final String LOST = "lost";

	/**
	 * The reason of the outcome of a message that was not tried, because the circuit of
	 * its handler is open. Such a delivery does not count as an attempt.
	 */
	public static final String CIRCUIT_OPEN = "circuit-open";

	/**
	 * The reason of the outcome of a message that was not tried, because somebody else is
	 * handling it. Such a delivery does not count as an attempt.
	 */
	public static final String IN_PROGRESS = "in-progress";

	private final Rules rules;

	private final Settlements settlements;

	private final DeadLetterLimit limit;

	private volatile Host host = Host.NONE;

	private MessageDispatcher(Rules rules, Settlements settlements, DeadLetterLimit limit) {
		this.rules = rules;
		this.settlements = settlements;
		this.limit = limit;
	}

	/**
	 * Starts to configure a dispatcher.
	 * @param envelope how messages are opened
	 * @param codec how their content is decoded and validated
	 * @param handlers what is called
	 * @return the builder
	 */
	public static Builder builder(Envelope envelope, MessageCodec codec, HandlerRegistry handlers) {
		return new Builder(envelope, codec, handlers);
	}

	/**
	 * Gets ready to receive: forgets the reason to halt, and lists the handlers in the
	 * log.
	 */
	@Override
	public void open(Host host) {
		this.host = host;
		this.limit.reset();
		logHandlers();
	}

	private void logHandlers() {
		List<Handler> handlers = this.rules.handlers().handlers();
		if (handlers.isEmpty()) {
			logger.warn("No handler is registered: annotate a bean, or a method of it, with @Handles");
		}
		handlers.forEach((handler) -> logger.info("Handling {} with {}", handler.mediaType(), handler.name()));
	}

	/**
	 * Handles a delivery on the calling thread and settles it. Does nothing if the
	 * delivery was taken back by its source.
	 * @param delivery the delivery
	 */
	@Override
	public void receive(Delivery delivery) {
		this.host.progressed();
		try {
			if (isHalted()) {
				delivery.nack(null);
			}
			else {
				dispatch(delivery);
			}
		}
		finally {
			isHalted();
			this.host.progressed();
		}
	}

	private boolean isHalted() {
		return haltReason() != null && this.host.halted();
	}

	private void dispatch(Delivery delivery) {
		if (delivery.begin()) {
			try (ThreadState before = ThreadState.save()) {
				Dispatch dispatch = new Dispatch(this.rules, delivery);
				DispatchResult result = dispatch.run();
				before.restore();
				this.settlements.settle(delivery, result, dispatch.deadLetterReason());
			}
			catch (RuntimeException | Error ex) {
				// What is not foreseen must not keep the slot of the delivery for ever.
				logger.error("Message {} could not be dispatched; it is handed back",
						LogText.of(delivery.message().id()), LogText.printable(ex));
				delivery.close();
			}
		}
	}

	@Override
	public @Nullable String haltReason() {
		return this.limit.exceeded();
	}

	@Override
	public void resume() {
		this.limit.reset();
	}

	/**
	 * Configures a {@link MessageDispatcher}.
	 */
	public static final class Builder {

		private final Envelope envelope;

		private final MessageCodec codec;

		private final HandlerRegistry handlers;

		private final List<DispatchInterceptor> interceptors = new ArrayList<>();

		private final List<OutcomeListener> listeners = new ArrayList<>();

		private TimeToLive timeToLive = TimeToLive.DEFAULT;

		private int maxAttempts = Integer.MAX_VALUE;

		private Unhandled unhandled = Unhandled.ACK;

		private @Nullable DeadLetters deadLetters;

		private DeadLetterLimit limit = new DeadLetterLimit(null, null);

		private @Nullable HandlingTimeLimit timeLimit;

		private Predicate<String> loggedKeys = (key) -> false;

		private Builder(Envelope envelope, MessageCodec codec, HandlerRegistry handlers) {
			this.envelope = envelope;
			this.codec = codec;
			this.handlers = handlers;
		}

		/**
		 * Sets how many services a message may pass through.
		 * @param timeToLive the rule; by default {@link TimeToLive#DEFAULT}
		 * @return this builder
		 */
		public Builder timeToLive(TimeToLive timeToLive) {
			this.timeToLive = timeToLive;
			return this;
		}

		/**
		 * Sets after how many deliveries a message is given up (MC-41): it becomes a dead
		 * letter or, if there is no place for these, is handed back without being
		 * handled.
		 * @param maxAttempts the number, at least 1; {@code null}, the default, leaves it
		 * to the queue
		 * @return this builder
		 */
		public Builder maxAttempts(@Nullable Integer maxAttempts) {
			if (maxAttempts != null && maxAttempts < 1) {
				throw new IllegalArgumentException("the maximum of attempts must be at least 1, not " + maxAttempts);
			}
			this.maxAttempts = (maxAttempts != null) ? maxAttempts : Integer.MAX_VALUE;
			return this;
		}

		/**
		 * Sets what is done with messages that have no handler.
		 * @param unhandled what is done; by default they are acknowledged
		 * @return this builder
		 */
		public Builder unhandled(Unhandled unhandled) {
			this.unhandled = unhandled;
			return this;
		}

		/**
		 * Sets where messages go that can never be handled.
		 * @param deadLetters where they go; {@code null}: they are handed back
		 * @return this builder
		 */
		public Builder deadLetters(@Nullable DeadLetters deadLetters) {
			this.deadLetters = deadLetters;
			return this;
		}

		/**
		 * Sets how many messages may become dead letters. When there are more, these are
		 * handed back, and a daemon receives no more until it is resumed (AR-18).
		 * @param limit the limit; by default there is none
		 * @return this builder
		 */
		public Builder deadLetterLimit(DeadLetterLimit limit) {
			this.limit = limit;
			return this;
		}

		/**
		 * Sets how long a handler may take before it is interrupted and its message
		 * handed back. One that ignores the interrupt for a tenth of that time, or for
		 * one second if that is more, loses its message.
		 * @param limit the longest time; {@code null}, the default, for no limit
		 * @return this builder
		 */
		public Builder maxHandlingTime(@Nullable Duration limit) {
			this.timeLimit = (limit != null) ? new HandlingTimeLimit(limit) : null;
			return this;
		}

		/**
		 * Adds what stands between the dispatcher and the handlers.
		 * @param interceptors the interceptors, the outermost first
		 * @return this builder
		 */
		public Builder interceptors(List<DispatchInterceptor> interceptors) {
			this.interceptors.addAll(interceptors);
			return this;
		}

		/**
		 * Adds what is told of every outcome.
		 * @param listeners the listeners
		 * @return this builder
		 */
		public Builder listeners(List<OutcomeListener> listeners) {
			this.listeners.addAll(listeners);
			return this;
		}

		/**
		 * Sets which opaque data of a message its log lines carry, beside its id, media
		 * type and handler (W-MC-08): about 1,000 characters at most, and 200 of a value,
		 * cleaned of what is not printable.
		 * @param keys tells the keys; by default none
		 * @return this builder
		 */
		public Builder loggedKeys(Predicate<String> keys) {
			this.loggedKeys = keys;
			return this;
		}

		/**
		 * Makes the dispatcher.
		 * @return the dispatcher
		 * @throws IllegalStateException if unhandled messages are to be dead letters, or
		 * dead letters are limited, but there is no place for dead letters
		 */
		public MessageDispatcher build() {
			if (this.deadLetters == null) {
				refuse(this.unhandled == Unhandled.DEAD_LETTER,
						"Unhandled messages are to be dead letters (pubsub.consumer.unhandled=dead-letter)");
				refuse(this.limit.isSet(), "Dead letters are limited (pubsub.dead-letter.max-invalid-ratio or"
						+ " pubsub.dead-letter.max-consecutive)");
			}
			if (this.unhandled == Unhandled.NACK) {
				logger
					.warn("Messages without a handler here are handed back (pubsub.consumer.unhandled=nack): SQS counts"
							+ " each of these receives, so that with a redrive policy messages for others become dead letters."
							+ " Give each service a queue of its own, subscribed to the same topics");
			}
			Rules rules = new Rules(this.envelope, this.codec, this.handlers, this.timeToLive, this.maxAttempts,
					List.copyOf(this.interceptors), this.timeLimit, this.loggedKeys, new UntriedDeliveries());
			return new MessageDispatcher(rules,
					new Settlements(this.unhandled, this.deadLetters, this.limit, this.listeners, this.loggedKeys),
					this.limit);
		}

		private static void refuse(boolean needless, String what) {
			if (needless) {
				throw new IllegalStateException(
						what + ", but there is no place for them: set pubsub.dead-letter.destination");
			}
		}

	}

	/**
	 * What a dispatcher goes by.
	 *
	 * @param envelope how messages are opened
	 * @param codec how their content is decoded and validated
	 * @param handlers what is called
	 * @param timeToLive how many services a message may pass through
	 * @param maxAttempts after how many deliveries a message is given up
	 * @param interceptors what stands before the handlers
	 * @param timeLimit how long a handler may take
	 * @param loggedKeys which opaque data log lines carry
	 * @param untried the deliveries that do not count as attempts
	 */
	record Rules(Envelope envelope, MessageCodec codec, HandlerRegistry handlers, TimeToLive timeToLive,
			int maxAttempts, List<DispatchInterceptor> interceptors, @Nullable HandlingTimeLimit timeLimit,
			Predicate<String> loggedKeys, UntriedDeliveries untried) {

	}

}
