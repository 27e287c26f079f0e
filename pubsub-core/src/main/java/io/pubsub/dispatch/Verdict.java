package io.pubsub.dispatch;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pubsub.MessageContext;
import io.pubsub.internal.LogText;
import io.pubsub.schema.InvalidMessageException;
import io.pubsub.schema.InvalidMessageException.Violation;
import io.pubsub.schema.MalformedMessageException;
import io.pubsub.schema.UntrustedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver would do with a message up to the call of its handler, found out
 * without that call and without any effect. It has nothing of the content.
 *
 * @param mediaType the media type; {@code null} if the envelope cannot be opened
 * @param handler the name of the handler that would be called; {@code null} if there is
 * none
 * @param reason the reason why no handler would be called, such as {@code malformed},
 * {@code invalid}, {@code unhandled} or {@code expired}; {@code null} if one would be
 * @param fault the fault of a malformed or untrusted message; {@code null} for others
 * @param violations the places where the content is invalid
 * @since 0.1.0
 */
public record Verdict(@Nullable String mediaType, @Nullable String handler, @Nullable String reason,
		@Nullable String fault, List<Violation> violations) {

	public Verdict {
		violations = List.copyOf(violations);
	}

	static Verdict of(Arrival<?> arrival) {
		MessageContext context = arrival.context();
		Recipient recipient = arrival.recipient();
		Throwable cause = (arrival instanceof Arrival.Refused<?> refused) ? refused.outcome().cause() : null;
		return new Verdict((context != null) ? context.mediaType().value() : null,
				(recipient != null) ? recipient.name() : null,
				(arrival instanceof Arrival.Refused<?> refused) ? reason(refused) : null, fault(cause),
				(cause instanceof InvalidMessageException ex) ? ex.violations() : List.of());
	}

	private static String reason(Arrival.Refused<?> refused) {
		if (refused.deadLetterReason() != null) {
			return refused.deadLetterReason().code();
		}
		return switch (refused.outcome().kind()) {
			case IGNORED -> DeadLetterReason.UNHANDLED.code();
			case EXPIRED -> "expired";
			case SUCCEEDED, SKIPPED, RETRIED, FAILED -> LogText.of(refused.outcome().reason());
		};
	}

	// The text of any other exception may quote the message.
	private static @Nullable String fault(@Nullable Throwable cause) {
		return (cause instanceof MalformedMessageException || cause instanceof UntrustedMessageException)
				? LogText.of(cause.getMessage()) : null;
	}

	/**
	 * Whether a handler would be called. What the handler would do is not known.
	 * @return {@code false} if there is a reason against it
	 */
	@JsonProperty("passes")
	public boolean passes() {
		return this.reason == null;
	}

}
