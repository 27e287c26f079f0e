package io.pubsub.dispatch;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.pubsub.Outcome;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles deliveries by their outcomes, and tells the listeners.
 */
final class Settlements {

	private static final Logger logger = LoggerFactory.getLogger(Settlements.class);

	private static final String UNHANDLED = "unhandled";

	private final Unhandled unhandled;

	private final @Nullable DeadLetters deadLetters;

	private final List<OutcomeListener> listeners;

	private final Predicate<String> loggedKeys;

	private final OutcomeLog log = new OutcomeLog();

	Settlements(Unhandled unhandled, @Nullable DeadLetters deadLetters, List<OutcomeListener> listeners,
			Predicate<String> loggedKeys) {
		this.unhandled = unhandled;
		this.deadLetters = deadLetters;
		this.listeners = List.copyOf(listeners);
		this.loggedKeys = loggedKeys;
	}

	void settle(Delivery delivery, DispatchResult result, @Nullable String deadLetterReason) {
		try (LogContext log = LogContext.of(result, this.loggedKeys)) {
			carryOut(delivery, result, deadLetterReason);
			this.log.write(result);
			this.listeners.forEach((listener) -> tell(listener, result));
		}
	}

	private void carryOut(Delivery delivery, DispatchResult result, @Nullable String deadLetterReason) {
		boolean unhandled = result.outcome().kind() == Outcome.Kind.IGNORED && result.handler() == null;
		String reason = (unhandled && this.unhandled == Unhandled.DEAD_LETTER) ? UNHANDLED : deadLetterReason;
		if (this.deadLetters != null && reason != null && !delivery.isLost()) {
			deadLetter(this.deadLetters, delivery, result, reason);
		}
		else if (unhandled && this.unhandled == Unhandled.NACK) {
			delivery.nack(null);
		}
		else if (result.outcome().kind().isAcknowledged()) {
			delivery.ack();
		}
		else if (reason != null) {
			delivery.reject();
		}
		else {
			delivery.nack(result.outcome().retryAfter());
		}
	}

	// The original is acknowledged only when its dead letter has arrived (AR-20).
	private static void deadLetter(DeadLetters deadLetters, Delivery delivery, DispatchResult result, String reason) {
		CompletableFuture<?> unused = deadLetters.send(delivery.message(), result, reason)
			.whenComplete((published, failure) -> {
				Throwable cause = (failure != null) ? failure : failure(published);
				if (cause == null) {
					delivery.ack();
				}
				else {
					logger.warn("The dead letter for message {} was not sent, so the message is handed back: {}",
							result.messageId(), cause.toString());
					delivery.nack(null);
				}
			});
	}

	private static @Nullable Throwable failure(PublishResult published) {
		return published.failure();
	}

	private static void tell(OutcomeListener listener, DispatchResult result) {
		try {
			listener.onOutcome(result);
		}
		catch (RuntimeException | Error ex) {
			logger.warn("{} failed on the outcome of message {}", listener, result.messageId(), ex);
		}
	}

}
