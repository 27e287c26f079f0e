package io.pubsub.pipeline;

import java.time.Duration;
import java.util.List;

/**
 * How a stage of a pipeline is doing. Counts are of elements, since the pipeline started.
 *
 * @param name the name of the stage
 * @param kind the kind of the stage, such as {@code map}
 * @param next the names of the stages that its elements go to, those of branches first;
 * none if they end in it
 * @param waiting the elements that wait in front of it, or in its open batches
 * @param atWork the elements that its function is being called with
 * @param done the elements that it has let through, or that have ended well in it
 * @param dropped the elements that it has not begun, because their message will come
 * again or is lost, or that its condition has left out
 * @param dead the elements that can never succeed
 * @param failed the elements that have failed
 * @param retried the attempts that were repeated in it
 * @param measured the calls of its function that were measured: of quick functions, a
 * sample
 * @param measuredTime the time that these took together
 * @param meanTime the mean time of a call of its function
 * @param longestAtWork the time of the longest call that goes on; zero if none does
 * @since 0.1.0
 */
public record StageStatistics(String name, String kind, List<String> next, long waiting, int atWork, long done,
		long dropped, long dead, long failed, long retried, long measured, Duration measuredTime, Duration meanTime,
		Duration longestAtWork) {

}
