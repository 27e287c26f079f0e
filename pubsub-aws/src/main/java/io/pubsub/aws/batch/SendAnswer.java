package io.pubsub.aws.batch;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;

/**
 * What the broker says of one message of a request.
 *
 * @param result the result for the message
 * @param retryable whether it may help to send a message again that was not published
 * @since 0.1.0
 */
public record SendAnswer(PublishResult result, boolean retryable) {

	/**
	 * The broker has the message.
	 * @param messageId the id that the broker gave to it
	 * @return the answer
	 */
	public static SendAnswer published(String messageId) {
		return new SendAnswer(PublishResult.published(messageId), false);
	}

	/**
	 * The broker does not have the message.
	 * @param failure the reason
	 * @param retryable whether it may help to send it again
	 * @return the answer
	 */
	public static SendAnswer failed(Exception failure, boolean retryable) {
		return new SendAnswer(PublishResult.failed(failure), retryable);
	}

	/**
	 * The broker has the message if it says under which id.
	 * @param messageId the id in the answer, if there is one
	 * @param unconfirmed the failure for an answer without an id
	 * @return the answer
	 */
	public static SendAnswer of(@Nullable String messageId, Supplier<? extends Exception> unconfirmed) {
		return (messageId != null && !messageId.isEmpty()) ? published(messageId) : failed(unconfirmed.get(), false);
	}

	/**
	 * The broker has refused the message, for a reason that is not known to be its own.
	 * @param failure the reason
	 * @param senderFault whether the broker blames the sender; {@code null} if it does
	 * not say
	 * @return the answer; the message may be sent again if the sender is not to blame
	 */
	public static SendAnswer refused(Exception failure, @Nullable Boolean senderFault) {
		return refused(failure, null, senderFault);
	}

	/**
	 * The broker has refused the message.
	 * @param failure the reason
	 * @param code the error code of the broker
	 * @param senderFault whether the broker blames the sender; {@code null} if it does
	 * not say
	 * @return the answer; the message may be sent again if the sender is not to blame
	 */
	public static SendAnswer refused(Exception failure, @Nullable String code, @Nullable Boolean senderFault) {
		boolean blamed = Boolean.TRUE.equals(senderFault);
		PublishResult result = (blamed && MessageFaults.isOfMessage(code)) ? PublishResult.refused(failure)
				: PublishResult.failed(failure);
		return new SendAnswer(result, !blamed);
	}

	/**
	 * Puts the answers of a batch into the order of its messages. A message that nothing
	 * is said of counts as not sent. It may be sent again if the broker has answered
	 * others: an answer to none of them is not the broker's.
	 * @param answers the answers, by the place of the message as text
	 * @param count the number of messages
	 * @param unanswered the failure of a message that nothing is said of
	 * @return an answer for each message
	 */
	public static List<SendAnswer> inOrder(Map<String, SendAnswer> answers, int count,
			Supplier<? extends Exception> unanswered) {
		List<String> ids = IntStream.range(0, count).mapToObj(Integer::toString).toList();
		if (answers.keySet().containsAll(ids)) {
			return ids.stream().map(answers::get).toList();
		}
		SendAnswer missing = failed(unanswered.get(), ids.stream().anyMatch(answers::containsKey));
		return ids.stream().map((id) -> answers.getOrDefault(id, missing)).toList();
	}

}
