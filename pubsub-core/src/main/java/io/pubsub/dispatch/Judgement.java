package io.pubsub.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.pubsub.Outcome;
import io.pubsub.RejectMessageException;
import io.pubsub.dispatch.internal.LogContext;
import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.PublishResult;
import io.pubsub.transport.Settlement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a message from its outcome to its end: it is settled or becomes a dead
 * letter, and its outcome is logged and told to the listeners.
 * <p>
 * Can be called on any thread, at any time, by many threads.
 *
 * @since 0.1.0
 */
public final class Judgement {

	private static final Logger logger = LoggerFactory.getLogger(Judgement.class);

	// Each receive brings the message nearer to the dead letters of its queue, and it is
	// of no use here: it must not come often.
	private static final BackoffPolicy UNHANDLED = BackoffPolicy.doubling(Duration.ofSeconds(2),
			Duration.ofMinutes(15));

	private final String receiver;

	private final Attempts attempts;

	private final Unhandled unhandled;

	private final @Nullable DeadLetters deadLetters;

	private final DeadLetterLimit limit;

	private final List<OutcomeListener> listeners;

	private final Predicate<String> loggedKeys;

	private final Timekeeper timekeeper;

	private final OutcomeLog log = new OutcomeLog();

	/**
	 * Makes a judgement.
	 * @param receiver the name of the receiver that it is for
	 * @param attempts the rule for how often a message may be tried
	 * @param unhandled the rule for messages without a recipient
	 * @param deadLetters the place for dead letters, if there is one
	 * @param limit the limit for dead letters
	 * @param listeners the listeners
	 * @param loggedKeys the filter for the keys of opaque data that log lines carry
	 * @param timekeeper the time to go by
	 */
	Judgement(String receiver, Attempts attempts, Unhandled unhandled, @Nullable DeadLetters deadLetters,
			DeadLetterLimit limit, List<OutcomeListener> listeners, Predicate<String> loggedKeys,
			Timekeeper timekeeper) {
		this.receiver = receiver;
		this.attempts = attempts;
		this.unhandled = unhandled;
		this.deadLetters = deadLetters;
		this.limit = limit;
		this.listeners = List.copyOf(listeners);
		this.loggedKeys = loggedKeys;
		this.timekeeper = timekeeper;
	}

	/**
	 * The outcome of a message that was delivered too often to be tried once more.
	 * @param delivery the delivery
	 * @return the outcome; {@code null} if the message may be tried
	 */
	public @Nullable Outcome refusal(Delivery delivery) {
		return this.attempts.isOver(delivery.attempt()) ? Attempts.exceeded() : null;
	}

	/**
	 * Whether a delivery is the last one at which its message may be tried.
	 * @param delivery the delivery
	 * @return {@code true} if a failure is final
	 */
	public boolean isLastAttempt(Delivery delivery) {
		return this.attempts.isOver(delivery.attempt() + 1);
	}

	/**
	 * The reason to consume no more: more dead letters than are admitted.
	 * @return the reason, for people; {@code null} while there is none
	 */
	public @Nullable String haltReason() {
		return this.limit.exceeded();
	}

	/**
	 * Forgets the reason to halt, and counts dead letters anew.
	 */
	public void resume() {
		this.limit.reset();
	}

	/**
	 * Settles a delivery by its outcome, and tells of it.
	 * @param arrival the delivery
	 * @param outcome the outcome of the work on it
	 */
	public void judge(Arrival<?> arrival, Outcome outcome) {
		Delivery delivery = arrival.delivery();
		DispatchResult result = result(arrival, outcome);
		try (LogContext context = LogContext.of(result.messageId(), result.context(), result.handler(),
				this.loggedKeys)) {
			carryOut(delivery, result);
			this.log.write(result);
			tell(result, (listener) -> listener.onOutcome(result));
		}
		CompletionStage<?> unused = delivery.settled().thenAccept((settlement) -> carriedOut(result, settlement));
	}

	private DispatchResult result(Arrival<?> arrival, Outcome outcome) {
		Delivery delivery = arrival.delivery();
		Recipient recipient = arrival.recipient();
		DeadLetterReason reason = deadLetterReason(arrival, outcome);
		Duration elapsed = Duration.ofNanos(this.timekeeper.nanos() - arrival.begun());
		return new DispatchResult(this.receiver, delivery.message().id(), delivery.attempt(), arrival.context(),
				(recipient != null) ? recipient.name() : null, (reason != null) ? last(outcome) : outcome, reason,
				elapsed);
	}

	private @Nullable DeadLetterReason deadLetterReason(Arrival<?> arrival, Outcome outcome) {
		if (arrival.deadLetterReason() != null) {
			return arrival.deadLetterReason();
		}
		if (outcome.cause() instanceof RejectMessageException) {
			return DeadLetterReason.REJECTED;
		}
		if (outcome.kind().isAcknowledged()) {
			boolean unhandled = outcome.kind() == Outcome.Kind.IGNORED && arrival.recipient() == null;
			return (unhandled && this.unhandled == Unhandled.DEAD_LETTER) ? DeadLetterReason.UNHANDLED : null;
		}
		return this.attempts.isUsedUp(arrival.delivery().attempt(), outcome) ? DeadLetterReason.ATTEMPTS : null;
	}

	// The handler is not called again after its last attempt.
	private static Outcome last(Outcome outcome) {
		return (outcome.kind() == Outcome.Kind.RETRIED) ? Outcome.failed(outcome.reason(), outcome.cause()) : outcome;
	}

	private void carryOut(Delivery delivery, DispatchResult result) {
		Outcome outcome = result.outcome();
		DeadLetterReason reason = result.deadLetterReason();
		if (this.deadLetters != null && reason != null && !delivery.isLost()) {
			deadLetter(this.deadLetters, delivery, result, reason);
		}
		else if (this.unhandled == Unhandled.NACK && result.isUnhandled()) {
			delivery.nack(UNHANDLED.delay(result.attempt()));
		}
		else if (outcome.kind().isAcknowledged()) {
			delivery.ack();
			this.limit.acknowledged();
		}
		else if (reason != null) {
			delivery.reject(reason.code());
		}
		else if (outcome.tried()) {
			delivery.nack(outcome.retryAfter());
		}
		else {
			delivery.release(outcome.retryAfter());
		}
	}

	private void deadLetter(DeadLetters deadLetters, Delivery delivery, DispatchResult result,
			DeadLetterReason reason) {
		if (!this.limit.admits()) {
			delivery.nack(null);
			return;
		}
		CompletableFuture<?> unused = deadLetters.send(delivery.message(), result, reason)
			.handle((published, failure) -> (failure != null) ? failure : failure(published))
			.thenAccept((failure) -> sent(delivery, result, reason, failure));
	}

	private static @Nullable Throwable failure(PublishResult published) {
		return published.failure();
	}

	// The original is acknowledged only when its dead letter has arrived.
	private void sent(Delivery delivery, DispatchResult result, DeadLetterReason reason, @Nullable Throwable failure) {
		if (failure == null) {
			delivery.ackDeadLetter(reason.code());
		}
		else {
			logger.warn("The dead letter for message {} was not sent, so the message is handed back: {}",
					LogText.of(result.messageId()), LogText.of(failure));
			this.limit.notSent();
			delivery.nack(null);
		}
		tell(result, (listener) -> listener.onDeadLetter(result, reason, failure));
	}

	private void carriedOut(DispatchResult result, Settlement settlement) {
		if (settlement == Settlement.LOST && !result.isInterrupted()) {
			this.log.writeLost(result);
		}
		tell(result, (listener) -> listener.onSettled(result, settlement));
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
