package io.pubsub.aws.deadletter;

import io.pubsub.dispatch.Verdict;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * Says what would become of a message if it were replayed now. Safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Judge {

	/**
	 * Judges a message, of which nothing changes.
	 * @param message the message as it was before it became a dead letter
	 * @param source the queue that it came from, if known
	 * @return the verdict; {@code null} if nobody here consumes that queue
	 */
	@Nullable Verdict judge(InboundMessage message, @Nullable String source);

	/**
	 * A judge who knows no handlers.
	 * @return a judge without verdicts
	 */
	static Judge none() {
		return (message, source) -> null;
	}

}
