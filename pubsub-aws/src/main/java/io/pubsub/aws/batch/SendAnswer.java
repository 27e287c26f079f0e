package io.pubsub.aws.batch;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;

/**
 * What the broker says of one message of a request.
 *
 * @param result what became of the message
 * @param retryable whether it may help to send a message again that was not published
 */
public record SendAnswer(PublishResult result, boolean retryable) {

	/**
	 * The broker has the message.
	 * @param messageId the id that the broker gave to it
	 * @return the answer
	 */
	public static SendAnswer published(@Nullable String messageId) {
		return new SendAnswer(PublishResult.published(messageId), false);
	}

	/**
	 * The broker does not have the message.
	 * @param failure why
	 * @param retryable whether it may help to send it again
	 * @return the answer
	 */
	public static SendAnswer failed(Exception failure, boolean retryable) {
		return new SendAnswer(PublishResult.failed(failure), retryable);
	}

	/**
	 * Puts the answers of a batch into the order of its messages. A message that nothing
	 * is said of counts as not sent, and may be sent again.
	 * @param answers the answers, by the place of the message as text
	 * @param count the number of messages
	 * @return an answer for each message
	 */
	public static List<SendAnswer> inOrder(Map<String, SendAnswer> answers, int count) {
		return IntStream.range(0, count)
			.mapToObj((place) -> answers.getOrDefault(Integer.toString(place),
					failed(new IllegalStateException("the broker answered the batch but not this message of it"),
							true)))
			.toList();
	}

}
