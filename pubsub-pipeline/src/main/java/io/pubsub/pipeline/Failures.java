package io.pubsub.pipeline;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.MessageContext;

/**
 * The last failures of a pipeline, without what anybody wrote into them. Safe for use by
 * many threads.
 */
final class Failures {

	private static final int KEPT = 20;

	@GuardedBy("this")
	private final Deque<PipelineStatistics.Failure> last = new ArrayDeque<>();

	synchronized void add(String stage, MessageContext context, Throwable thrown, Instant time) {
		if (this.last.size() == KEPT) {
			this.last.removeLast();
		}
		this.last.addFirst(new PipelineStatistics.Failure(time, stage, context.messageId(), context.attempt(),
				thrown.getClass().getName()));
	}

	synchronized List<PipelineStatistics.Failure> last() {
		return List.copyOf(this.last);
	}

}
