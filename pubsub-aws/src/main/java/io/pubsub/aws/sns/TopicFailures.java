package io.pubsub.aws.sns;

import java.util.Locale;
import java.util.concurrent.CompletionException;

import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;

/**
 * Says what to do about the errors of SNS.
 */
final class TopicFailures {

	private TopicFailures() {
	}

	static TopicException of(String topicArn, Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause instanceof AwsServiceException ex && ex.awsErrorDetails() != null) {
			String code = String.valueOf(ex.awsErrorDetails().errorCode());
			return new TopicException(topicArn, advice(topicArn, code, ex.awsErrorDetails().errorMessage()), cause);
		}
		return new TopicException(topicArn,
				"SNS could not be reached for topic %s: %s".formatted(topicArn, LogText.of(cause.getMessage())), cause);
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
			return "topic %s does not exist: create it or correct pubsub.producer.topics".formatted(topicArn);
		}
		if (kind.contains("authorizationerror") || kind.contains("accessdenied")) {
			return "publishing is not allowed: grant the IAM action sns:Publish on %s".formatted(topicArn);
		}
		return "SNS refused a message for topic %s: %s, %s".formatted(topicArn, code, LogText.of(message));
	}

}
