package io.pubsub.console;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A pipeline at one moment.
 *
 * @param oldest the time since the oldest message has begun, in milliseconds
 * @param stages the stages, in the order of their definition
 * @param calls the longest calls that go on, the longest first
 */
record Graph(long oldest, List<Stage> stages, List<Call> calls) {

	/**
	 * A stage.
	 *
	 * @param name the name
	 * @param kind the kind, such as {@code map}
	 * @param next the ways out of it
	 * @param waiting the elements in front of it, or in its open batches
	 * @param atWork the elements at work
	 * @param done the elements that it has let through
	 * @param dropped the elements that it has left out
	 * @param dead the elements that can never succeed
	 * @param failed the elements that have failed
	 * @param retried the attempts that were repeated
	 * @param mean the mean time of a call, in microseconds
	 * @param longest the time of the longest call that goes on, in milliseconds
	 * @param perMinute the elements that it has begun in the last minute; {@code null} if
	 * it is not known yet
	 * @param bottleneck whether the others wait for it
	 */
	record Stage(String name, String kind, List<Edge> next, long waiting, int atWork, long done, long dropped,
			long dead, long failed, long retried, long mean, long longest, @Nullable Double perMinute,
			boolean bottleneck) {

	}

	/**
	 * A way from one stage to another.
	 *
	 * @param to the name of the other stage
	 * @param elements the elements that have gone this way; {@code null} if nobody counts
	 * them
	 */
	record Edge(String to, @Nullable Long elements) {

	}

	/**
	 * A call that goes on.
	 *
	 * @param stage the name of the stage
	 * @param messageId the id of the message
	 * @param thread the name of the thread
	 * @param time the time since it began, in milliseconds
	 */
	record Call(String stage, String messageId, String thread, long time) {

	}

}
