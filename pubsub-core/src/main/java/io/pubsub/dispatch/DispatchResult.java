package io.pubsub.dispatch;

import java.time.Duration;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * All that there is to say of one dispatched delivery, without its content.
 *
 * @param receiver the name of the receiver: that of the pipeline, or
 * {@link MessageDispatcher#NAME} for the handlers
 * @param messageId the id that the source gave to the message
 * @param attempt the number of the attempt, from 1
 * @param context the context; {@code null} if the envelope could not be opened
 * @param handler the name of the handler that was found for the message, if any
 * @param outcome the outcome of the delivery
 * @param deadLetterReason the reason why no further delivery of the message can end
 * better; {@code null} if one may, or if none is needed
 * @param elapsed the time from the begin of the work to its outcome
 * @since 0.1.0
 */
public record DispatchResult(String receiver, String messageId, int attempt, @Nullable MessageContext context,
		@Nullable String handler, Outcome outcome, @Nullable DeadLetterReason deadLetterReason, Duration elapsed) {

	/**
	 * The media type of the message.
	 * @return the media type, or {@code null} if the envelope could not be opened
	 */
	public @Nullable MediaType mediaType() {
		return (this.context != null) ? this.context.mediaType() : null;
	}

	boolean isUnhandled() {
		return this.outcome.kind() == Outcome.Kind.IGNORED && this.handler == null;
	}

	boolean isInterrupted() {
		return this.outcome.cause() instanceof HandlingInterruptedException;
	}

}
