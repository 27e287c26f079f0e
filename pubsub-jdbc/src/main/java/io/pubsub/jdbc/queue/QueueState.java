package io.pubsub.jdbc.queue;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The state of a queue at one moment.
 *
 * @param input the state of its input
 * @param reason the reason why the input has failed, for people; {@code null} if it has
 * not
 * @param waiting the number of messages that wait, some of them for a later time or for
 * an older one of their group
 * @param atWork the number of messages that are claimed
 * @param parked the number of messages that were given up
 * @param oldest the age of the oldest message that waits or is at work; {@code null} if
 * there is none
 * @since 0.1.0
 */
public record QueueState(Input input, @Nullable String reason, long waiting, long atWork, long parked,
		@Nullable Duration oldest) {

	/**
	 * The number of messages that are not done with, those that were given up apart.
	 * @return the number
	 */
	public long outstanding() {
		return this.waiting + this.atWork;
	}

	/**
	 * The states of the input of a queue.
	 */
	public enum Input {

		/** Messages may come. */
		OPEN,

		/** All that was to come has come. */
		CLOSED,

		/** A producer has failed: what came may be only a part. */
		FAILED

	}

}
