package io.pubsub.pipeline;

import java.util.List;

import io.pubsub.MessageContext;

/**
 * Stands around the messages of a pipeline, each from its begin to its settlement:
 * claims, circuits, observations.
 * <p>
 * One instance serves all messages and must be safe for use by many threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface OriginInterceptor {

	/**
	 * Begins a message, on the thread of the pipeline that takes it up.
	 * @param pipeline the name of the pipeline
	 * @param content the content of the message
	 * @param context the context of the message
	 * @return the scope of the message
	 * @throws Exception if it cannot begin: the message fails
	 */
	OriginScope begin(String pipeline, Object content, MessageContext context) throws Exception;

	/**
	 * Begins a batch of several messages, on the thread that calls the first function for
	 * it.
	 * @param pipeline the name of the pipeline
	 * @param scopes the scopes of the messages, as this interceptor has begun them
	 * @return the scope of the batch, which decides on no outcome; by default
	 * {@link OriginScope#PLAIN}
	 */
	default OriginScope beginBatch(String pipeline, List<OriginScope> scopes) {
		return OriginScope.PLAIN;
	}

}
