package io.pubsub.daemon;

import java.util.concurrent.TimeUnit;

/**
 * A bucket that fills with tokens by a rate, up to what comes together in a tenth of a
 * second, but to one token at least. Each message takes one out.
 */
final class TokenBucket {

	private static final double BURST_SECONDS = 0.1;

	// A token that lacks this much of itself was rounded.
	private static final double ROUNDED = 1e-6;

	private final double perNano;

	private final double size;

	private double tokens;

	private long filledAt;

	/**
	 * Makes a bucket.
	 * @param perSecond the number of tokens that come in a second
	 * @param tokens the number of tokens in it, as far as there is room
	 * @param now the time, in nanoseconds
	 */
	TokenBucket(double perSecond, double tokens, long now) {
		this.perNano = perSecond / TimeUnit.SECONDS.toNanos(1);
		this.size = Math.max(perSecond * BURST_SECONDS, 1);
		this.tokens = Math.min(tokens, this.size);
		this.filledAt = now;
	}

	/**
	 * The tokens in the bucket.
	 * @param now the time, in nanoseconds
	 * @return the number, with parts of a token
	 */
	double tokens(long now) {
		this.tokens = Math.min(this.tokens + (now - this.filledAt) * this.perNano, this.size);
		this.filledAt = now;
		return this.tokens;
	}

	/**
	 * Takes a token out.
	 * @param now the time, in nanoseconds
	 * @return {@code false} if there is none
	 */
	boolean take(long now) {
		boolean there = tokens(now) >= 1 - ROUNDED;
		if (there) {
			this.tokens -= 1;
		}
		return there;
	}

	/**
	 * Whether there is no room for more.
	 * @param now the time, in nanoseconds
	 * @return {@code true} if the bucket stays as it is until a token is taken
	 */
	boolean isFull(long now) {
		return tokens(now) >= this.size;
	}

	/**
	 * The time until there is no room for more.
	 * @param now the time, in nanoseconds
	 * @return the time in nanoseconds, not negative
	 */
	long nanosUntilFull(long now) {
		return nanosUntil(this.size, now);
	}

	/**
	 * The time until there are so many tokens, whether or not there is room for them.
	 * @param number the number, with parts of a token
	 * @param now the time, in nanoseconds
	 * @return the time in nanoseconds, not negative
	 */
	long nanosUntil(double number, long now) {
		return (long) Math.ceil(Math.max(number - tokens(now), 0) / this.perNano);
	}

}
