package io.pubsub.pipeline;

import java.time.Duration;

import io.pubsub.internal.DurationText;
import org.jspecify.annotations.Nullable;

/**
 * How a step works on several elements at the same time.
 *
 * @param workers the number of elements, at least 1
 * @param ordered whether the results leave in the order of the elements
 * @param timeout the time after which the work on an element is interrupted and has
 * failed; one that ignores the interrupt for a tenth of that time, or for one second if
 * that is more, is not waited for; {@code null} for no limit
 * @since 0.1.0
 */
public record Concurrency(int workers, boolean ordered, @Nullable Duration timeout) {

	public Concurrency {
		if (workers < 1) {
			throw new IllegalArgumentException("at least 1 element must be worked on at a time, not " + workers);
		}
		if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
			throw new IllegalArgumentException(
					"the time for an element must be positive, not " + DurationText.of(timeout));
		}
	}

	/**
	 * Work without a time limit, whose results leave in order.
	 * @param workers the number of elements to be worked on at the same time, at least 1
	 * @return the concurrency
	 */
	public static Concurrency of(int workers) {
		return new Concurrency(workers, true, null);
	}

	/**
	 * The same, with results that leave as soon as they are there.
	 * @return the concurrency
	 */
	public Concurrency unordered() {
		return new Concurrency(this.workers, false, this.timeout);
	}

	/**
	 * The same, with a time limit for each element.
	 * @param timeout the limit, positive
	 * @return the concurrency
	 */
	public Concurrency timeout(Duration timeout) {
		return new Concurrency(this.workers, this.ordered, timeout);
	}

}
