package io.pubsub.jdbc.queue;

import io.pubsub.source.UpstreamFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a consumer whether its queue is at its end. An end that it finds when it begins
 * is that of an earlier run, and does not count.
 * <p>
 * Not safe for use by many threads.
 */
final class QueueEnd {

	private final String queue;

	private @Nullable Long earlier;

	private boolean begun;

	QueueEnd(String queue) {
		this.queue = queue;
	}

	/**
	 * Whether nothing will ever come again.
	 * @param look the queue at this moment
	 * @return {@code true} if so
	 * @throws UpstreamFailedException if a producer has failed
	 */
	boolean isReached(Look look) {
		if (look.input() == QueueState.Input.FAILED) {
			throw new UpstreamFailedException(this.queue, text(look.owner()), text(look.reason()));
		}
		if (!this.begun && look.isEnd()) {
			this.earlier = look.changedAt();
		}
		this.begun = true;
		if (look.outstanding()) {
			this.earlier = null;
		}
		Long stale = this.earlier;
		return look.isEnd() && (stale == null || stale != look.changedAt());
	}

	private static String text(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
