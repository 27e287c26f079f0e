package io.pubsub.local.internal.s3;

/**
 * The queues and the topics that S3 tells of its objects.
 */
@FunctionalInterface
public interface EventDestination {

	/**
	 * Send a message.
	 * @param arn the ARN of a queue or a topic
	 * @param message the message
	 * @return whether there is such a queue or topic, and it took the message
	 */
	boolean send(String arn, String message);

}
