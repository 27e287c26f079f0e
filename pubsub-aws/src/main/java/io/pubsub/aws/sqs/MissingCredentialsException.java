package io.pubsub.aws.sqs;

/**
 * Thrown when a queue cannot be asked for anything, because there are no credentials.
 *
 * @since 0.1.0
 */
public final class MissingCredentialsException extends RuntimeException {

	MissingCredentialsException(String queue, String operation, Throwable cause) {
		super("there are no AWS credentials to use the queue \"%s\" with (%s): set AWS_ACCESS_KEY_ID and"
			.formatted(queue, operation) + " AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or give the machine a role", cause);
	}

}
