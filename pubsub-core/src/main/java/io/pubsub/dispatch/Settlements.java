package io.pubsub.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.pubsub.Outcome;
import io.pubsub.internal.LogText;
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

	private static final int MAX_DOUBLINGS = 9;

	private static final Duration LONGEST_UNHANDLED_DELAY = Duration.ofMinutes(15);

	private final Unhandled unhandled;

	private final @Nullable DeadLetters deadLetters;

	private final DeadLetterLimit limit;

	private final List<OutcomeListener> listeners;

	private final Predicate<String> loggedKeys;

	private final OutcomeLog log = new OutcomeLog();

	Settlements(Unhandled unhandled, @Nullable DeadLetters deadLetters, DeadLetterLimit limit,
			List<OutcomeListener> listeners, Predicate<String> loggedKeys) {
		this.unhandled = unhandled;
		this.deadLetters = deadLetters;
		this.limit = limit;
		this.listeners = List.copyOf(listeners);
		this.loggedKeys = loggedKeys;
	}

	void settle(Delivery delivery, DispatchResult result, @Nullable String deadLetterReason) {
		try (LogContext log = LogContext.of(result, this.loggedKeys)) {
			carryOut(delivery, result, deadLetterReason);
			this.log.write(result);
			tell(result, (listener) -> listener.onOutcome(result));
		}
	}

	private void carryOut(Delivery delivery, DispatchResult result, @Nullable String deadLetterReason) {
		boolean unhandled = result.outcome().kind() == Outcome.Kind.IGNORED && result.handler() == null;
		String reason = (unhandled && this.unhandled == Unhandled.DEAD_LETTER) ? UNHANDLED : deadLetterReason;
		if (this.deadLetters != null && reason != null && !delivery.isLost()) {
			deadLetter(this.deadLetters, delivery, result, reason);
		}
		else if (unhandled && this.unhandled == Unhandled.NACK) {
			delivery.nack(unhandledDelay(result.attempt()));
		}
		else if (result.outcome().kind().isAcknowledged()) {
			delivery.ack();
			this.limit.acknowledged();
		}
		else if (reason != null) {
			delivery.reject(reason);
		}
		else {
			delivery.nack(result.outcome().retryAfter());
		}
	}

	// Each receive brings the message nearer to the dead letters of its queue, and it is
	// of no use here: it must not come often.
	private static Duration unhandledDelay(int attempt) {
		Duration delay = Duration.ofSeconds(2L << Math.min(attempt - 1, MAX_DOUBLINGS));
		return (delay.compareTo(LONGEST_UNHANDLED_DELAY) < 0) ? delay : LONGEST_UNHANDLED_DELAY;
	}

	private void deadLetter(DeadLetters deadLetters, Delivery delivery, DispatchResult result, String reason) {
		if (!this.limit.admits()) {
			delivery.nack(null);
			return;
		}
		CompletableFuture<?> unused = deadLetters.send(delivery.message(), result, reason)
			.handle((published, failure) -> (failure != null) ? failure : failure(published))
			.thenAccept((failure) -> settle(delivery, result, reason, failure));
	}

	// The original is acknowledged only when its dead letter has arrived (AR-20).
	private void settle(Delivery delivery, DispatchResult result, String reason, @Nullable Throwable failure) {
		if (failure == null) {
			delivery.ackDeadLetter(reason);
		}
		else {
			logger.warn("The dead letter for message {} was not sent, so the message is handed back: {}",
					LogText.of(result.messageId()), LogText.of(failure));
			this.limit.notSent();
			delivery.nack(null);
		}
		tell(result, (listener) -> listener.onDeadLetter(result, reason, failure));
	}

	private static @Nullable Throwable failure(PublishResult published) {
		return published.failure();
	}

	private void tell(DispatchResult result, Consumer<OutcomeListener> news) {
		for (OutcomeListener listener : this.listeners) {
			try {
				news.accept(listener);
			}
			catch (RuntimeException | Error ex) {
				logger.warn("{} failed on the outcome of message {}", LogText.of(listener),
						LogText.of(result.messageId()), LogText.printable(ex));
			}
		}
	}

}
