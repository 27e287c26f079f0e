package io.pubsub;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a handler to have its message delivered again after a delay.
 * <p>
 * It is control flow, so it has no stack trace.
 *
 * @since 0.1.0
 */
public class NackException extends RuntimeException {

	private final @Nullable Duration delay;

	/**
	 * Asks for another delivery.
	 * @param delay the delay of the next delivery; zero or less means at once, more than
	 * 12 hours means in 12 hours, {@code null} leaves it to the back-off policy
	 * @param reason the reason, never with the content of the message
	 */
	public NackException(@Nullable Duration delay, String reason) {
		super(reason, null, false, false);
		this.delay = delay;
	}

	/**
	 * The delay of the next delivery.
	 * @return the delay, or {@code null} to leave it to the back-off policy
	 */
	public @Nullable Duration delay() {
		return this.delay;
	}

}
