package io.pubsub.aws.sqs;

import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletionException;

import io.pubsub.aws.batch.Unconfirmed;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * Tells failures that waiting does not mend from those that it may.
 */
final class QueueFailures {

	private static final Set<String> NOT_FOUND = Set.of("QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue",
			"InvalidAddress");

	private static final Set<String> DENIED = Set.of("AccessDenied", "AccessDeniedException", "InvalidClientTokenId",
			"UnrecognizedClientException", "SignatureDoesNotMatch", "ExpiredToken", "ExpiredTokenException",
			"InvalidAccessKeyId", "MissingAuthenticationToken", "InvalidSecurity");

	private static final Set<Integer> DENIED_STATUS = Set.of(401, 403);

	private QueueFailures() {
	}

	/**
	 * Names the failure of a call.
	 * @param queue the queue, as it was configured
	 * @param operation the SQS operation
	 * @param failure the failure of the operation
	 * @return a {@link QueueNotFoundException}, a {@link QueueAccessDeniedException}, a
	 * {@link MissingCredentialsException}, an {@link IllegalStateException} if something
	 * else than SQS seems to have answered, or the cause as it was
	 */
	static Throwable translate(String queue, String operation, Throwable failure) {
		Throwable cause = unwrap(failure);
		if (isNotFound(cause)) {
			return new QueueNotFoundException(queue, operation, cause);
		}
		if (isWithoutCredentials(cause)) {
			return new MissingCredentialsException(queue, operation, cause);
		}
		if (isDenied(cause)) {
			return new QueueAccessDeniedException(queue, operation, cause);
		}
		// The JSON reader of the SDK could not read the answer.
		if (Unconfirmed.isBehind(cause, UncheckedIOException.class)) {
			return new IllegalStateException(Unconfirmed.text("SQS", queue, "JSON", null), cause);
		}
		return cause;
	}

	/**
	 * Whether waiting does not mend a failure.
	 * @param failure a failure that was named
	 * @return {@code true} if somebody has to act
	 */
	static boolean isLasting(Throwable failure) {
		return failure instanceof QueueNotFoundException || failure instanceof QueueAccessDeniedException
				|| failure instanceof MissingCredentialsException;
	}

	static Throwable unwrap(Throwable failure) {
		Throwable cause = failure.getCause();
		return (failure instanceof CompletionException && cause != null) ? cause : failure;
	}

	private static boolean isNotFound(Throwable failure) {
		return failure instanceof QueueDoesNotExistException
				|| (failure instanceof AwsServiceException ex && NOT_FOUND.contains(errorCode(ex)));
	}

	private static boolean isDenied(Throwable failure) {
		// SQS throttles with 403 as well.
		return failure instanceof AwsServiceException ex && (DENIED.contains(errorCode(ex))
				|| (DENIED_STATUS.contains(ex.statusCode()) && !ex.isThrottlingException()));
	}

	// The SDK has no type for it.
	private static boolean isWithoutCredentials(Throwable failure) {
		return failure instanceof SdkClientException && String.valueOf(failure.getMessage()).contains("credentials");
	}

	private static String errorCode(AwsServiceException ex) {
		AwsErrorDetails details = ex.awsErrorDetails();
		return (details != null) ? String.valueOf(details.errorCode()) : "";
	}

}
