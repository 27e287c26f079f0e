package io.pubsub.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import io.pubsub.MediaType;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all receivers of messages are configured with: who is let in, and what becomes of
 * what was not handled. Each makes its {@link Entry} and its {@link Judgement} of it.
 *
 * @param <B> the type of the builder
 * @since 0.1.0
 */
public abstract class ReceiverBuilder<B extends ReceiverBuilder<B>> {

	private static final Logger logger = LoggerFactory.getLogger(MessageDispatcher.class);

	private final List<OutcomeListener> listeners = new ArrayList<>();

	private TimeToLive timeToLive = TimeToLive.DEFAULT;

	private Attempts attempts = Attempts.UNLIMITED;

	private Unhandled unhandled = Unhandled.ACK;

	private @Nullable DeadLetters deadLetters;

	private DeadLetterLimit limit = new DeadLetterLimit(null, null);

	private Predicate<String> loggedKeys = (key) -> false;

	private Timekeeper timekeeper = Timekeeper.shared();

	/**
	 * Makes a builder with the defaults.
	 */
	protected ReceiverBuilder() {
	}

	/**
	 * This builder, in its own type.
	 * @return this builder
	 */
	protected abstract B self();

	/**
	 * Sets how many services a message may pass through.
	 * @param timeToLive the rule; by default {@link TimeToLive#DEFAULT}
	 * @return this builder
	 */
	public B timeToLive(TimeToLive timeToLive) {
		this.timeToLive = timeToLive;
		return self();
	}

	/**
	 * Sets after how many attempts a message is given up: it becomes a dead letter or, if
	 * there is no place for these, is handed back without being handled.
	 * @param maxAttempts the number, at least 1; {@code null}, the default, leaves it to
	 * the queue
	 * @return this builder
	 */
	public B maxAttempts(@Nullable Integer maxAttempts) {
		this.attempts = Attempts.of(maxAttempts);
		return self();
	}

	/**
	 * Sets the rule for messages that have no handler.
	 * @param unhandled the rule; by default they are acknowledged
	 * @return this builder
	 */
	public B unhandled(Unhandled unhandled) {
		this.unhandled = unhandled;
		return self();
	}

	/**
	 * Sets the place for messages that can never be handled.
	 * @param deadLetters the place; {@code null}, the default, hands them back
	 * @return this builder
	 */
	public B deadLetters(@Nullable DeadLetters deadLetters) {
		this.deadLetters = deadLetters;
		return self();
	}

	/**
	 * Sets how many messages may become dead letters. When there are more, these are
	 * handed back, and a daemon receives no more until it is resumed.
	 * @param limit the limit; by default there is none
	 * @return this builder
	 */
	public B deadLetterLimit(DeadLetterLimit limit) {
		this.limit = limit;
		return self();
	}

	/**
	 * Adds listeners, which are told of every outcome.
	 * @param listeners the listeners
	 * @return this builder
	 */
	public B listeners(List<OutcomeListener> listeners) {
		this.listeners.addAll(listeners);
		return self();
	}

	/**
	 * Sets which opaque data of a message its log lines carry, beside its id, media type
	 * and handler: about 1,000 characters at most, and 200 of a value, cleaned of what is
	 * not printable.
	 * @param keys the filter for the keys; by default there are none
	 * @return this builder
	 */
	public B loggedKeys(Predicate<String> keys) {
		this.loggedKeys = keys;
		return self();
	}

	/**
	 * Sets the time to go by.
	 * @param timekeeper the timekeeper; by default {@link Timekeeper#shared()}
	 * @return this builder
	 */
	public B timekeeper(Timekeeper timekeeper) {
		this.timekeeper = timekeeper;
		return self();
	}

	/**
	 * The time to go by.
	 * @return the timekeeper
	 */
	protected final Timekeeper timekeeper() {
		return this.timekeeper;
	}

	/**
	 * The filter for the keys of opaque data that log lines carry.
	 * @return the filter
	 */
	protected final Predicate<String> loggedKeys() {
		return this.loggedKeys;
	}

	/**
	 * Makes the entry.
	 * @param envelope the envelope of the messages
	 * @param codec the codec of their content
	 * @param recipients the recipient of each media type, if there is one
	 * @param <R> the type of recipients
	 * @return the entry
	 */
	protected final <R extends Recipient> Entry<R> entry(Envelope envelope, MessageCodec codec,
			Function<MediaType, @Nullable R> recipients) {
		return new Entry<>(envelope, codec, this.timeToLive, this.attempts, recipients, this.timekeeper);
	}

	/**
	 * Makes the judgement.
	 * @param receiver the name of the receiver, which its results have
	 * @return the judgement
	 * @throws MissingDeadLettersException if unhandled messages are to be dead letters,
	 * or dead letters are limited, but there is no place for dead letters
	 */
	protected final Judgement judgement(String receiver) {
		if (this.deadLetters == null) {
			refuse(this.unhandled == Unhandled.DEAD_LETTER, "Unhandled messages are to be dead letters");
			refuse(this.limit.isSet(), "Dead letters are limited");
		}
		if (this.unhandled == Unhandled.NACK) {
			logger.warn("Messages without a handler here are handed back: a queue with a redrive policy counts each of"
					+ " these receives, so that messages for others become dead letters. Give each service a queue of"
					+ " its own, subscribed to the same topics");
		}
		return new Judgement(receiver, this.attempts, this.unhandled, this.deadLetters, this.limit, this.listeners,
				this.loggedKeys, this.timekeeper);
	}

	private static void refuse(boolean needless, String purpose) {
		if (needless) {
			throw new MissingDeadLettersException(purpose);
		}
	}

}
