package io.pubsub.pipeline;

import java.time.Duration;

import io.pubsub.IgnoreMessageException;
import io.pubsub.NackException;
import io.pubsub.RejectMessageException;
import io.pubsub.SkipMessageException;
import io.pubsub.transport.BackoffPolicy;

/**
 * How often, and when, a step tries an element again.
 *
 * @param attempts the number of further attempts, at least 1
 * @param backoff the waiting time before each
 */
record Retry(int attempts, BackoffPolicy backoff) {

	/**
	 * Whether to try again.
	 * @param attempt the number of the attempt that has failed, from 1
	 * @param thrown the exception that it has failed with
	 * @return {@code true} if another attempt may end better and is permitted
	 */
	boolean applies(int attempt, Throwable thrown) {
		return attempt <= this.attempts && !(thrown instanceof NackException || thrown instanceof RejectMessageException
				|| thrown instanceof SkipMessageException || thrown instanceof IgnoreMessageException);
	}

	Duration delay(int attempt) {
		return this.backoff.delay(attempt);
	}

}
