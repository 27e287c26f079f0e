package io.pubsub.idempotency;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

import io.pubsub.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link IdempotencyStore} answers to somebody who wants to handle a message.
 *
 * @param key the key of the message
 * @param state whether the message may be handled
 * @param token the token that tells a granted claim from any other one on the same key
 * @param remaining the longest time that the claim of somebody else can last, if that is
 * known
 * @since 0.1.0
 */
public record Claim(String key, State state, String token, @Nullable Duration remaining) {

	public Claim {
		Objects.requireNonNull(key, "a claim needs a key");
		Objects.requireNonNull(state, "a claim needs a state");
		Objects.requireNonNull(token, "a claim needs a token");
	}

	/**
	 * A claim with a token of its own.
	 * @param key the key of the message
	 * @return a claim that permits to handle the message
	 */
	public static Claim granted(String key) {
		return new Claim(key, State.NEW, UUID.randomUUID().toString(), null);
	}

	/**
	 * The answer if somebody else is handling the message.
	 * @param key the key of the message
	 * @param remaining the longest time that the claim can last; {@code null} if it is
	 * not known
	 * @return a claim that permits nothing
	 */
	public static Claim inProgress(String key, @Nullable Duration remaining) {
		return new Claim(key, State.IN_PROGRESS, "", remaining);
	}

	/**
	 * The answer if the message was handled before.
	 * @param key the key of the message
	 * @return a claim that permits nothing
	 */
	public static Claim done(String key) {
		return new Claim(key, State.DONE, "", null);
	}

	/**
	 * The outcome of a message that may not be handled.
	 * @return an outcome that acknowledges a message that was handled before, or hands
	 * back untried what somebody else is handling; {@code null} if the claim is granted
	 */
	public @Nullable Outcome refusal() {
		return switch (this.state) {
			case NEW -> null;
			case IN_PROGRESS -> Outcome.untried(this.remaining, IdempotentHandling.IN_PROGRESS);
			case DONE -> Outcome.skipped(IdempotentHandling.DUPLICATE);
		};
	}

	/**
	 * Whether a message may be handled.
	 */
	public enum State {

		/** It may: nobody has handled it, or is at it. */
		NEW,

		/** Not now: somebody else is at it. */
		IN_PROGRESS,

		/** No more: it was handled before. */
		DONE

	}

}
