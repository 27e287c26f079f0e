package io.pubsub.local.internal.s3;

import org.jspecify.annotations.Nullable;

/**
 * The queues and the topics that S3 tells of its objects.
 */
public interface EventDestination {

	/**
	 * Return why a bucket must not tell a queue or a topic.
	 * @param bucket the bucket's name
	 * @param arn the ARN of the queue or the topic
	 * @return the reason in the words of S3, or {@code null} if there is such a queue or
	 * topic, and its policy allows it
	 */
	@Nullable String refusal(String bucket, String arn);

	/**
	 * Change the policy of a queue or a topic so that a bucket may tell it. Does nothing
	 * if there is no such queue or topic.
	 * @param bucket the bucket's name
	 * @param arn the ARN of the queue or the topic
	 */
	void allow(String bucket, String arn);

	/**
	 * Send a message.
	 * @param arn the ARN of a queue or a topic
	 * @param message the message
	 * @return whether there is such a queue or topic, and it took the message
	 */
	boolean send(String arn, String message);

}
