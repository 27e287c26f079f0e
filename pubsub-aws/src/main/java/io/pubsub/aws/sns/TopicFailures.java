package io.pubsub.aws.sns;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

import javax.xml.stream.XMLStreamException;

import io.pubsub.aws.batch.Unconfirmed;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;

/**
 * Says what to do about the errors of SNS.
 */
final class TopicFailures {

	private static final List<String> CREDENTIALS = List.of("clienttokenid", "unrecognizedclient", "signature",
			"expiredtoken", "accesskeyid", "authenticationtoken");

	private static final String SNS = "SNS";

	private static final String MESSAGE_ID = "MessageId";

	private TopicFailures() {
	}

	static TopicException of(String topicArn, Duration timeout, Throwable cause) {
		if (cause instanceof AwsServiceException ex && ex.awsErrorDetails() != null) {
			String code = String.valueOf(ex.awsErrorDetails().errorCode());
			return new TopicException(topicArn, advice(topicArn, code, ex.awsErrorDetails().errorMessage()), cause);
		}
		if (cause instanceof TimeoutException || cause instanceof ApiCallTimeoutException) {
			return new TopicException(topicArn,
					("SNS has not answered for topic %s within %d ms, the timeout: nobody knows whether the"
							+ " message was published")
						.formatted(topicArn, timeout.toMillis()),
					cause);
		}
		if (Unconfirmed.isBehind(cause, XMLStreamException.class)) {
			return new TopicException(topicArn, Unconfirmed.text(SNS, topicArn, MESSAGE_ID, null), cause);
		}
		// The SDK has no type for it.
		if (cause instanceof SdkClientException && String.valueOf(cause.getMessage()).contains("credentials")) {
			return new TopicException(topicArn,
					"no AWS credentials were found, so nothing was published to topic %s: %s".formatted(topicArn,
							LogText.of(cause.getMessage())),
					cause);
		}
		return new TopicException(topicArn,
				"SNS could not be reached for topic %s: %s; check the endpoint, the region and the network"
					.formatted(topicArn, LogText.of(cause.getMessage())),
				cause);
	}

	static TopicException busy(String topicArn, Duration timeout) {
		return new TopicException(topicArn,
				("nothing was sent to topic %s: for %d ms, the timeout, all connections have waited for answers"
						+ " of SNS")
					.formatted(topicArn, timeout.toMillis()),
				null);
	}

	static TopicException unconfirmed(String topicArn, @Nullable SdkHttpResponse http) {
		return new TopicException(topicArn, Unconfirmed.text(SNS, topicArn, MESSAGE_ID, http), null);
	}

	static TopicException interrupted(String topicArn, Exception cause) {
		return new TopicException(topicArn,
				"interrupted while SNS was asked for topic %s: nobody knows whether the message was published"
					.formatted(topicArn),
				cause);
	}

	static TopicException of(String topicArn, BatchResultErrorEntry failure) {
		return new TopicException(topicArn, advice(topicArn, String.valueOf(failure.code()), failure.message()), null);
	}

	private static String advice(String topicArn, String answer, @Nullable String message) {
		String code = LogText.of(answer);
		String kind = code.toLowerCase(Locale.ROOT);
		if (kind.startsWith("kms")) {
			return "the KMS key of topic %s refuses (%s): allow kms:GenerateDataKey and kms:Decrypt on it, or mend it"
				.formatted(topicArn, code);
		}
		if (kind.contains("notfound")) {
			return "topic %s does not exist: create it or correct its address".formatted(topicArn);
		}
		if (kind.contains("authorizationerror") || kind.contains("accessdenied")) {
			return "publishing is not allowed: grant the IAM action sns:Publish on %s".formatted(topicArn);
		}
		if (CREDENTIALS.stream().anyMatch(kind::contains)) {
			return "AWS does not accept the credentials (%s), so nothing was published to topic %s: check which ones are used"
				.formatted(code, topicArn);
		}
		return "SNS refused a message for topic %s: %s, %s".formatted(topicArn, code, LogText.of(message));
	}

}
