package io.pubsub.autoconfigure.deadletter;

import io.pubsub.aws.deadletter.Judge;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.dispatch.Verdict;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Judges by the pipeline that consumes the queue of a message, or else by the handlers.
 *
 * @param pipelines judges for the pipelines, if there are any
 * @param handlers the handlers, if something is consumed
 * @param dispatcher judges for the handlers, if something is consumed
 */
record LetterJudge(ObjectProvider<SourceJudge> pipelines, ObjectProvider<HandlerRegistry> handlers,
		ObjectProvider<MessageDispatcher> dispatcher) implements Judge {

	@Override
	public @Nullable Verdict judge(InboundMessage message, @Nullable String source) {
		SourceJudge judge = this.pipelines.getIfAvailable(() -> (unjudged, queue) -> null);
		Verdict verdict = (source != null) ? judge.judge(message, QueueNames.of(source)) : null;
		if (verdict != null) {
			return verdict;
		}
		HandlerRegistry registry = this.handlers.getIfAvailable();
		MessageDispatcher receiver = this.dispatcher.getIfAvailable();
		boolean handles = registry != null && receiver != null && !registry.handlers().isEmpty();
		return (handles && receiver != null) ? receiver.judge(message) : judge.judge(message, null);
	}

}
