package io.pubsub.aws.deadletter;

import java.time.Instant;
import java.util.List;

import io.pubsub.dispatch.Verdict;
import io.pubsub.schema.InvalidMessageException.Violation;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a dead letter, without its content. Immutable. All texts are fit to be
 * printed.
 *
 * @param id the id that it has in the queue for dead letters
 * @param reason the reason why it is there; {@link #REDRIVE} if SQS has put it there
 * @param exception the class of the exception at its last delivery, if known
 * @param handler the handler that it was meant for or, if that is not known, the one that
 * takes it today
 * @param mediaType the media type, if it can be found out
 * @param source the queue that it came from, if known
 * @param sentAt the time at which it was sent: to the queue for dead letters or, if SQS
 * has moved it from a standard queue, to the queue that it came from; {@code null} if not
 * known
 * @param receives the number of receives, with those that only looked
 * @param replays the number of times that it was replayed before
 * @param group the group in which the order of messages counts, if there is one
 * @param fault the fault of a malformed letter, or what its handler last gave as reason
 * @param violations the places where it was invalid when it became a dead letter
 * @param today the verdict of today; {@code null} if there is nobody to give one
 * @since 0.1.0
 */
public record Letter(String id, String reason, @Nullable String exception, @Nullable String handler,
		@Nullable String mediaType, @Nullable String source, @Nullable Instant sentAt, int receives, int replays,
		@Nullable String group, @Nullable String fault, List<Violation> violations, @Nullable Verdict today) {

	/**
	 * The reason of letters that say none: SQS has put them there, by the redrive policy
	 * of their queue, after too many receives.
	 */
	public static final String REDRIVE = "redrive";

	public Letter {
		violations = List.copyOf(violations);
	}

	/**
	 * Whether a handler would be called today.
	 * @return {@code false} if not, or if nobody knows
	 */
	public boolean passes() {
		return this.today != null && this.today.passes();
	}

}
