package io.pubsub.aws.deadletter;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What was done with letters. Immutable.
 *
 * @param done the number of letters that it was done with
 * @param left the number of letters that were met and stay in the queue as they were
 * @param returned the number of letters that were replayed and came back
 * @param failures the letters that it could not be done with
 * @param stopped the reason why it ended before the last letter; {@code null} if it did
 * not
 * @param about the number of letters in the queue at the beginning, as SQS estimates it
 * @param notice a remark for people; {@code null} if there is none
 * @since 0.1.0
 */
public record Report(int done, int left, int returned, List<Failure> failures, @Nullable String stopped, long about,
		@Nullable String notice) {

	public Report {
		failures = List.copyOf(failures);
	}

	/**
	 * Whether all went as it was meant to.
	 * @return {@code false} if letters failed or came back, or if it ended early
	 */
	public boolean isComplete() {
		return this.failures.isEmpty() && this.stopped == null && this.returned == 0;
	}

	/**
	 * A letter that it could not be done with.
	 *
	 * @param id the id of the letter, or the number of its line
	 * @param why the reason
	 */
	public record Failure(String id, String why) {

	}

}
