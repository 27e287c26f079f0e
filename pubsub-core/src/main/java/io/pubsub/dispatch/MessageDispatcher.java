package io.pubsub.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.pubsub.Outcome;
import io.pubsub.internal.LogText;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.time.Timekeeper;
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
 *
 * @since 0.1.0
 */
public final class MessageDispatcher implements Receiver {

	private static final Logger logger = LoggerFactory.getLogger(MessageDispatcher.class);

	private final HandlerRegistry handlers;

	private final Entry<Handler> entry;

	private final HandlerCall call;

	private final Judgement judgement;

	private final DeadLetterLimit limit;

	private volatile Host host = Host.NONE;

	private MessageDispatcher(Builder builder) {
		this.handlers = builder.handlers;
		this.limit = builder.limit;
		this.entry = new Entry<>(builder.envelope, builder.codec, builder.timeToLive, builder.attempts,
				builder.handlers::find);
		this.call = new HandlerCall(builder.interceptors, builder.attempts, builder.timeLimit, builder.loggedKeys);
		this.judgement = new Judgement(builder.attempts, builder.unhandled, builder.deadLetters, builder.limit,
				builder.listeners, builder.loggedKeys);
	}

	/**
	 * Starts to configure a dispatcher.
	 * @param envelope the envelope of the messages
	 * @param codec the codec of their content
	 * @param handlers the registry of the handlers
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
		List<Handler> handlers = this.handlers.handlers();
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
				Arrival<Handler> arrival = this.entry.enter(delivery);
				Outcome outcome = arrival.outcome(this.call::call);
				before.restore();
				this.judgement.judge(arrival, outcome);
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

		private Attempts attempts = Attempts.UNLIMITED;

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
		 * Sets after how many attempts a message is given up: it becomes a dead letter
		 * or, if there is no place for these, is handed back without being handled.
		 * @param maxAttempts the number, at least 1; {@code null}, the default, leaves it
		 * to the queue
		 * @return this builder
		 */
		public Builder maxAttempts(@Nullable Integer maxAttempts) {
			this.attempts = Attempts.of(maxAttempts);
			return this;
		}

		/**
		 * Sets the rule for messages that have no handler.
		 * @param unhandled the rule; by default they are acknowledged
		 * @return this builder
		 */
		public Builder unhandled(Unhandled unhandled) {
			this.unhandled = unhandled;
			return this;
		}

		/**
		 * Sets the place for messages that can never be handled.
		 * @param deadLetters the place; {@code null}, the default, hands them back
		 * @return this builder
		 */
		public Builder deadLetters(@Nullable DeadLetters deadLetters) {
			this.deadLetters = deadLetters;
			return this;
		}

		/**
		 * Sets how many messages may become dead letters. When there are more, these are
		 * handed back, and a daemon receives no more until it is resumed.
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
		 * @param timekeeper the time to go by
		 * @return this builder
		 */
		public Builder maxHandlingTime(@Nullable Duration limit, Timekeeper timekeeper) {
			this.timeLimit = (limit != null) ? new HandlingTimeLimit(limit, timekeeper) : null;
			return this;
		}

		/**
		 * Adds interceptors, which stand between the dispatcher and the handlers in the
		 * order of their {@linkplain DispatchInterceptor#phase() phases}.
		 * @param interceptors the interceptors; of one phase, the outermost first
		 * @return this builder
		 */
		public Builder interceptors(List<DispatchInterceptor> interceptors) {
			this.interceptors.addAll(interceptors);
			return this;
		}

		/**
		 * Adds listeners, which are told of every outcome.
		 * @param listeners the listeners
		 * @return this builder
		 */
		public Builder listeners(List<OutcomeListener> listeners) {
			this.listeners.addAll(listeners);
			return this;
		}

		/**
		 * Sets which opaque data of a message its log lines carry, beside its id, media
		 * type and handler: about 1,000 characters at most, and 200 of a value, cleaned
		 * of what is not printable.
		 * @param keys the filter for the keys; by default there are none
		 * @return this builder
		 */
		public Builder loggedKeys(Predicate<String> keys) {
			this.loggedKeys = keys;
			return this;
		}

		/**
		 * Makes the dispatcher.
		 * @return the dispatcher
		 * @throws MissingDeadLettersException if unhandled messages are to be dead
		 * letters, or dead letters are limited, but there is no place for dead letters
		 */
		public MessageDispatcher build() {
			if (this.deadLetters == null) {
				refuse(this.unhandled == Unhandled.DEAD_LETTER, "Unhandled messages are to be dead letters");
				refuse(this.limit.isSet(), "Dead letters are limited");
			}
			if (this.unhandled == Unhandled.NACK) {
				logger
					.warn("Messages without a handler here are handed back: a queue with a redrive policy counts each of"
							+ " these receives, so that messages for others become dead letters. Give each service a queue of"
							+ " its own, subscribed to the same topics");
			}
			return new MessageDispatcher(this);
		}

		private static void refuse(boolean needless, String purpose) {
			if (needless) {
				throw new MissingDeadLettersException(purpose);
			}
		}

	}

}
