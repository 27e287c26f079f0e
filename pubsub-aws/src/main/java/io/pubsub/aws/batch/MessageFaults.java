package io.pubsub.aws.batch;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Tells what a broker refuses for the sake of a message from an outage, throttling, a
 * missing permission or a missing topic.
 */
final class MessageFaults {

	private static final Set<String> CODES = Set.of("InvalidParameter", "InvalidParameterException",
			"InvalidParameterValue", "ParameterValueInvalid", "InvalidMessageContents", "MissingParameter");

	private MessageFaults() {
	}

	static boolean isOfMessage(@Nullable String code) {
		return code != null && CODES.contains(code);
	}

	static boolean isOfMessage(Throwable failure) {
		AwsErrorDetails details = (failure instanceof AwsServiceException ex) ? ex.awsErrorDetails() : null;
		return details != null && isOfMessage(details.errorCode());
	}

}
