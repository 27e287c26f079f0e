package io.pubsub.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.pubsub.Outcome;
import io.pubsub.dispatch.internal.ThreadState;
import io.pubsub.internal.LogText;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.InboundMessage;
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

	/**
	 * The name of this receiver in its results, whatever handlers it calls.
	 */
	public static final String NAME = "handlers";

	private static final Logger logger = LoggerFactory.getLogger(MessageDispatcher.class);

	private final HandlerRegistry handlers;

	private final Entry<Handler> entry;

	private final HandlerCall call;

	private final Judgement judgement;

	private volatile Host host = Host.NONE;

	private MessageDispatcher(Builder builder) {
		this.handlers = builder.handlers;
		this.entry = builder.entry(builder.envelope, builder.codec, builder.handlers::find);
		this.judgement = builder.judgement(NAME);
		this.call = new HandlerCall(builder.interceptors, this.judgement, builder.timeLimit(), builder.loggedKeys());
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
		this.judgement.resume();
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

	/**
	 * What would become of a message at its first delivery, up to the call of its
	 * handler.
	 * @param message the message, of which nothing changes
	 * @return the verdict
	 */
	public Verdict judge(InboundMessage message) {
		return this.entry.judge(message);
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
		return this.judgement.haltReason();
	}

	@Override
	public void resume() {
		this.judgement.resume();
	}

	/**
	 * Configures a {@link MessageDispatcher}.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder extends ReceiverBuilder<Builder> {

		private final Envelope envelope;

		private final MessageCodec codec;

		private final HandlerRegistry handlers;

		private final List<DispatchInterceptor> interceptors = new ArrayList<>();

		private @Nullable Duration maxHandlingTime;

		private Builder(Envelope envelope, MessageCodec codec, HandlerRegistry handlers) {
			this.envelope = envelope;
			this.codec = codec;
			this.handlers = handlers;
		}

		@Override
		protected Builder self() {
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
			this.maxHandlingTime = limit;
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
		 * Makes the dispatcher.
		 * @return the dispatcher
		 * @throws MissingDeadLettersException if unhandled messages are to be dead
		 * letters, or dead letters are limited, but there is no place for dead letters
		 */
		public MessageDispatcher build() {
			return new MessageDispatcher(this);
		}

		private @Nullable HandlingTimeLimit timeLimit() {
			return (this.maxHandlingTime != null) ? new HandlingTimeLimit(this.maxHandlingTime, timekeeper()) : null;
		}

	}

}
