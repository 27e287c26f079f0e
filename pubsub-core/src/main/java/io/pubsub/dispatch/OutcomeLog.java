package io.pubsub.dispatch;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.pubsub.MediaType;
import io.pubsub.Outcome;
import io.pubsub.internal.DurationText;
import io.pubsub.internal.LogText;
import io.pubsub.schema.InvalidMessageException;
import io.pubsub.schema.MalformedMessageException;
import io.pubsub.schema.UntrustedMessageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes one line for each delivery, never with the content of the message.
 */
final class OutcomeLog {

	private static final Logger logger = LoggerFactory.getLogger(MessageDispatcher.class);

	// Media types come from outside: their number must not grow without bound.
	private static final int MAX_REMEMBERED_TYPES = 1000;

	private final Set<MediaType> unhandledTypes = ConcurrentHashMap.newKeySet();

	void write(DispatchResult result) {
		Outcome outcome = result.outcome();
		Level level = level(result);
		if (logger.isEnabledForLevel(level)) {
			logger.atLevel(level).setCause(stackTrace(outcome)).log(() -> LogText.of(line(result), LogText.LINE));
		}
	}

	/**
	 * Tells that the message will be delivered again, although its line says otherwise.
	 * @param result the outcome, and what is known of the delivery
	 */
	void writeLost(DispatchResult result) {
		logger.warn("Message {} was {}, but that could not be carried out while it was kept for us: it will be"
				+ " delivered again", LogText.of(result.messageId()), result.outcome().kind());
	}

	private Level level(DispatchResult result) {
		return switch (result.outcome().kind()) {
			case SUCCEEDED, SKIPPED -> Level.INFO;
			case RETRIED -> isSpared(result) ? Level.DEBUG : Level.INFO;
			case EXPIRED, FAILED -> Level.WARN;
			case IGNORED -> isNewUnhandledType(result) ? Level.WARN : Level.DEBUG;
		};
	}

	// It may come often, and whoever spares a handler tells so once.
	private static boolean isSpared(DispatchResult result) {
		return !result.outcome().tried() && result.handler() != null;
	}

	private boolean isNewUnhandledType(DispatchResult result) {
		MediaType mediaType = result.mediaType();
		return mediaType != null && result.handler() == null && this.unhandledTypes.size() < MAX_REMEMBERED_TYPES
				&& this.unhandledTypes.add(mediaType);
	}

	private static String line(DispatchResult result) {
		Outcome outcome = result.outcome();
		StringBuilder line = new StringBuilder().append(outcome.kind());
		line.append(' ').append((result.mediaType() != null) ? result.mediaType() : "(no media type)");
		line.append(" [message ").append(LogText.of(result.messageId()));
		line.append(", attempt ").append(result.attempt());
		String recipient = recipient(result);
		if (recipient != null) {
			line.append(", ").append(recipient);
		}
		line.append(", ").append(result.elapsed().toMillis()).append(" ms]");
		String reason = reason(result);
		if (reason != null) {
			line.append(": ").append(LogText.of(reason));
		}
		Throwable cause = outcome.cause();
		if (cause != null && isOurs(cause)) {
			line.append(": ").append(cause.getMessage());
		}
		if (outcome.kind() == Outcome.Kind.RETRIED && outcome.retryAfter() != null) {
			line.append(", again ").append(when(outcome.retryAfter()));
		}
		return line.toString();
	}

	// Of a pipeline, also where a message is not for it: there may be others.
	private static @Nullable String recipient(DispatchResult result) {
		boolean pipeline = !result.receiver().equals(MessageDispatcher.NAME);
		return (result.handler() == null && pipeline) ? result.receiver() : result.handler();
	}

	private static @Nullable String reason(DispatchResult result) {
		DeadLetterReason forGood = result.deadLetterReason();
		String code = (forGood != null) ? forGood.code() : null;
		String reason = result.outcome().reason();
		if (reason == null || code == null || reason.equals(code)) {
			return (reason != null) ? reason : code;
		}
		return reason + ", " + code;
	}

	private static String when(Duration delay) {
		return delay.isZero() ? "at once" : "in " + DurationText.of(delay);
	}

	// The text of our own exceptions says it all; those of a handler need their stack
	// trace.
	private static @Nullable Throwable stackTrace(Outcome outcome) {
		return (outcome.cause() == null || isOurs(outcome.cause())) ? null : LogText.printable(outcome.cause());
	}

	private static boolean isOurs(Throwable cause) {
		return cause instanceof MalformedMessageException || cause instanceof UntrustedMessageException
				|| cause instanceof InvalidMessageException;
	}

}
