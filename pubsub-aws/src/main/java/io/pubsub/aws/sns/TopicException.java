package io.pubsub.aws.sns;

import org.jspecify.annotations.Nullable;

/**
 * Says why SNS did not take a message, and what to do about it.
 *
 * @since 0.1.0
 */
public final class TopicException extends RuntimeException {

	private final String topicArn;

	TopicException(String topicArn, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.topicArn = topicArn;
	}

	/**
	 * The topic that the message was for.
	 * @return its ARN
	 */
	public String topicArn() {
		return this.topicArn;
	}

}
