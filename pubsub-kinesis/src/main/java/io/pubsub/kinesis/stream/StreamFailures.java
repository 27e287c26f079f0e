package io.pubsub.kinesis.stream;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

import io.pubsub.aws.batch.Unconfirmed;
import io.pubsub.internal.LogText;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/**
 * Names the failures of calls to Kinesis.
 *
 * @since 0.1.0
 */
public final class StreamFailures {

	private static final Set<String> DENIED = Set.of("AccessDeniedException", "UnrecognizedClientException",
			"InvalidSignatureException", "ExpiredTokenException", "MissingAuthenticationToken",
			"IncompleteSignatureException");

	private static final String KINESIS = "Kinesis";

	private StreamFailures() {
	}

	/**
	 * Names the failure of a call.
	 * @param stream the address of the stream
	 * @param operation the operation, such as {@code PutRecords}
	 * @param timeout the time that the call had
	 * @param failure the failure
	 * @return a {@link StreamNotFoundException}, a {@link StreamAccessDeniedException} or
	 * a {@link StreamException}
	 */
	public static RuntimeException of(String stream, String operation, Duration timeout, Throwable failure) {
		Throwable cause = causeOf(failure);
		if (cause instanceof ResourceNotFoundException) {
			return new StreamNotFoundException(stream, cause);
		}
		if (cause instanceof AwsServiceException ex) {
			return DENIED.contains(codeOf(ex)) ? new StreamAccessDeniedException(stream, "kinesis:" + operation, cause)
					: new StreamException(stream,
							"Kinesis refused a call for stream %s: %s".formatted(stream, LogText.of(ex.getMessage())),
							cause);
		}
		if (cause instanceof TimeoutException || cause instanceof ApiCallTimeoutException) {
			return new StreamException(stream,
					"Kinesis has not answered for stream %s within %d ms, the timeout: nobody knows whether it has done what it was asked for"
						.formatted(stream, timeout.toMillis()),
					cause);
		}
		return unreachable(stream, cause);
	}

	private static StreamException unreachable(String stream, Throwable cause) {
		if (Unconfirmed.isBehind(cause, UncheckedIOException.class)) {
			return new StreamException(stream, Unconfirmed.text(KINESIS, stream, "JSON", null), cause);
		}
		// The SDK has no type for it.
		if (cause instanceof SdkClientException && String.valueOf(cause.getMessage()).contains("credentials")) {
			return new StreamException(stream,
					"no AWS credentials were found for stream %s: %s".formatted(stream, LogText.of(cause.getMessage())),
					cause);
		}
		return new StreamException(stream,
				"Kinesis could not be reached for stream %s: %s; check the endpoint, the region and the network"
					.formatted(stream, LogText.of(cause.getMessage())),
				cause);
	}

	/**
	 * Whether waiting does not mend a failure.
	 * @param failure a failure that was named
	 * @return {@code true} if somebody has to act
	 */
	public static boolean isLasting(Throwable failure) {
		return failure instanceof StreamNotFoundException || failure instanceof StreamAccessDeniedException;
	}

	/**
	 * Whether Kinesis was asked too much.
	 * @param failure the failure of a call
	 * @return {@code true} if it helps to ask less often
	 */
	public static boolean isThrottling(Throwable failure) {
		return causeOf(failure) instanceof AwsServiceException ex
				&& (ex.isThrottlingException() || codeOf(ex).equals("ProvisionedThroughputExceededException"));
	}

	private static String codeOf(AwsServiceException ex) {
		AwsErrorDetails details = ex.awsErrorDetails();
		return (details != null) ? String.valueOf(details.errorCode()) : "";
	}

	private static Throwable causeOf(Throwable failure) {
		Throwable cause = failure.getCause();
		return (failure instanceof CompletionException && cause != null) ? cause : failure;
	}

}
