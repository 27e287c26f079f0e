package io.pubsub.test;

import java.time.Duration;
import java.util.Map;

import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;

/**
 * One queue of the transport that a {@link SourceContract} or a
 * {@link SubscriptionContract} proves, empty at first and used by one test.
 *
 * @since 0.1.0
 */
public interface QueueUnderTest {

	/**
	 * A consumer of the queue.
	 * @param limit the largest number of unsettled deliveries
	 * @param backoff the policy for the next delivery if nobody asked for a certain delay
	 * @return a new source that has not been started, to whose messages the queue's
	 * {@link #visibilityTimeout()} applies
	 */
	Source source(int limit, BackoffPolicy backoff);

	/**
	 * Puts a message on the queue.
	 * @param body the text of the message
	 * @param attributes the attributes beside the body
	 */
	void send(String body, Map<String, String> attributes);

	/**
	 * The attributes with which a message is delivered.
	 * @param sent the attributes that it was sent with
	 * @return the attributes; by default the same, and none for a stream, whose records
	 * have only a body
	 */
	default Map<String, String> delivered(Map<String, String> sent) {
		return sent;
	}

	/**
	 * The number of the attempt at a message that another consumer began, and left
	 * unsettled.
	 * @return the number; by default 2, and 1 for what counts attempts in memory only
	 */
	default int attemptAfterAnotherConsumer() {
		return 2;
	}

	/**
	 * The unit of all delays of the contract. The longer, the more a slow broker may be
	 * late.
	 * @return the unit, a number of whole seconds
	 */
	default Duration unit() {
		return Duration.ofSeconds(1);
	}

	/**
	 * The time for which the queue keeps what a consumer has left unsettled.
	 * @return the visibility timeout that the queue has
	 */
	default Duration visibilityTimeout() {
		return unit().multipliedBy(3);
	}

	/**
	 * Lets time pass. That of a broker is everybody's; a test clock is moved instead.
	 * @param duration the time that passes
	 */
	default void passTime(Duration duration) {
		Awaitility.await().pollDelay(duration).atMost(duration.plusSeconds(10)).until(() -> true);
	}

}
