package io.pubsub.autoconfigure.deadletter;

import io.pubsub.dispatch.Verdict;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * Judges messages for what consumes beside the handlers.
 */
@FunctionalInterface
interface SourceJudge {

	/**
	 * Judges a message, of which nothing changes.
	 * @param message the message
	 * @param queue the name of the queue that it came from; {@code null} if it is not
	 * known, or if there is nobody else to judge
	 * @return the verdict; {@code null} if nothing here consumes that queue
	 */
	@Nullable Verdict judge(InboundMessage message, @Nullable String queue);

}
