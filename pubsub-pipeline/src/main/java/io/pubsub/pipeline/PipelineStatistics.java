package io.pubsub.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How a pipeline is doing at this moment.
 *
 * @param pipeline the name of the pipeline
 * @param inFlight the messages that have begun and are not settled
 * @param oldest the time since the oldest of them has begun; zero if there is none
 * @param stages the stages, in the order of their definition
 * @param atWork the longest calls of users' functions that go on, the longest first
 * @param failures the last failures of elements, the latest first
 * @since 0.1.0
 */
public record PipelineStatistics(String pipeline, int inFlight, Duration oldest, List<StageStatistics> stages,
		List<Call> atWork, List<Failure> failures) {

	/**
	 * A call of a user's function that goes on.
	 *
	 * @param stage the name of the stage
	 * @param messageId the id of the element's message
	 * @param thread the name of the thread
	 * @param time the time since it began, or since the element was taken up with others
	 */
	public record Call(String stage, String messageId, String thread, Duration time) {

	}

	/**
	 * A failure of an element.
	 *
	 * @param time the time of the failure
	 * @param stage the name of the stage
	 * @param messageId the id of the element's message
	 * @param attempt the number of the attempt at the message
	 * @param exception the class of the exception, whose text may quote the element
	 */
	public record Failure(Instant time, String stage, String messageId, int attempt, String exception) {

	}

}
