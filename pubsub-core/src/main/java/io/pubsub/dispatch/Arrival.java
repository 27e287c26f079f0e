package io.pubsub.dispatch;

import java.util.function.Function;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.transport.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that has passed through the {@link Entry}, on its way to its
 * {@link Judgement}. Immutable.
 *
 * @param <R> the type of recipients
 * @since 0.1.0
 */
public sealed interface Arrival<R extends Recipient> {

	/**
	 * The delivery.
	 * @return the delivery
	 */
	Delivery delivery();

	/**
	 * The time at which the work on the delivery began, by the timekeeper of the
	 * receiver.
	 * @return the time in nanoseconds
	 */
	long begun();

	/**
	 * The context of the message; {@code null} if its envelope could not be opened.
	 * @return the context
	 */
	@Nullable MessageContext context();

	/**
	 * The recipient of the message, if one was found.
	 * @return the recipient, or {@code null}
	 */
	@Nullable R recipient();

	/**
	 * The reason why no further delivery of the message can end better, if the entry has
	 * found one.
	 * @return the reason, or {@code null}
	 */
	@Nullable DeadLetterReason deadLetterReason();

	/**
	 * The outcome of the delivery.
	 * @param work the work on a message that was admitted
	 * @return the outcome
	 */
	Outcome outcome(Function<Admitted<R>, Outcome> work);

	/**
	 * A delivery whose message can be handled.
	 *
	 * @param delivery the delivery
	 * @param begun the time at which the work on it began
	 * @param context the context of the message
	 * @param recipient the recipient of the message
	 * @param content the content of the message, valid
	 * @param <R> the type of recipients
	 * @since 0.1.0
	 */
	record Admitted<R extends Recipient>(Delivery delivery, long begun, MessageContext context, R recipient,
			Object content) implements Arrival<R> {

		@Override
		public @Nullable DeadLetterReason deadLetterReason() {
			return null;
		}

		@Override
		public Outcome outcome(Function<Admitted<R>, Outcome> work) {
			return work.apply(this);
		}

	}

	/**
	 * A delivery whose outcome is known without handling its message.
	 *
	 * @param delivery the delivery
	 * @param begun the time at which the work on it began
	 * @param context the context of the message, if its envelope could be opened
	 * @param recipient the recipient of the message, if one was found
	 * @param outcome the outcome
	 * @param deadLetterReason the reason why no further delivery can end better, if so
	 * @param <R> the type of recipients
	 * @since 0.1.0
	 */
	record Refused<R extends Recipient>(Delivery delivery, long begun, @Nullable MessageContext context,
			@Nullable R recipient, Outcome outcome, @Nullable DeadLetterReason deadLetterReason) implements Arrival<R> {

		@Override
		public Outcome outcome(Function<Admitted<R>, Outcome> work) {
			return this.outcome;
		}

	}

}
