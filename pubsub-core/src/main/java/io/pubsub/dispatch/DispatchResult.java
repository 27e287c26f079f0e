package io.pubsub.dispatch;

import java.time.Duration;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * All that there is to say of one dispatched delivery, without its content.
 *
 * @param messageId the id that the source gave to the message
 * @param attempt which delivery it was, from 1
 * @param context the context; {@code null} if the envelope could not be opened
 * @param handler the handler that was found for the message, if any
 * @param outcome what became of the delivery
 * @param elapsed how long it took from the begin of the work to its outcome
 */
public record DispatchResult(String messageId, int attempt, @Nullable MessageContext context, @Nullable Handler handler,
		Outcome outcome, Duration elapsed) {

	/**
	 * The media type of the message.
	 * @return the media type, or {@code null} if the envelope could not be opened
	 */
	public @Nullable MediaType mediaType() {
		return (this.context != null) ? this.context.mediaType() : null;
	}

}
