package io.pubsub.pipeline;

import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;

import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Run} goes by.
 *
 * @param pipeline the pipeline
 * @param maxInFlight the most messages in flight
 * @param timekeeper the time to go by
 * @param backoff the back-off policy, which the source has too
 * @param threadFactory the factory of the threads
 * @param interceptors the interceptors, the outermost first
 * @param loggedKeys the filter for the keys of opaque data that log lines carry
 * @param listener the listener to what comes out of the stages, if there is one
 */
record RunSettings(Pipeline pipeline, int maxInFlight, Timekeeper timekeeper, BackoffPolicy backoff,
		ThreadFactory threadFactory, List<OriginInterceptor> interceptors, Predicate<String> loggedKeys,
		@Nullable StageListener listener) {

}
