package io.pubsub.aws.doctor;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;

import io.pubsub.aws.place.WrongPlaceException;
import io.pubsub.internal.LogText;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Something that could not be looked at.
 *
 * @param kind the reason
 * @param action the IAM action that was tried
 * @param resource the queue, topic or subscription
 * @param detail the reason, in words
 * @since 0.1.0
 */
public record Unseen(Kind kind, String action, String resource, String detail) {

	private static final Set<String> CREDENTIALS = Set.of("InvalidClientTokenId", "UnrecognizedClientException",
			"SignatureDoesNotMatch", "ExpiredToken", "ExpiredTokenException", "InvalidAccessKeyId",
			"MissingAuthenticationToken", "InvalidSecurity", "RequestExpired");

	static Unseen of(String action, String resource, Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return new Unseen(kind(cause), action, resource, LogText.of(cause));
	}

	private static Kind kind(Throwable cause) {
		if (cause instanceof WrongPlaceException) {
			return Kind.ELSEWHERE;
		}
		if (cause instanceof IllegalArgumentException) {
			return Kind.ELSEWHERE;
		}
		if (cause instanceof AwsServiceException ex) {
			return kind(ex);
		}
		// The SDK has no type for it.
		boolean credentials = cause instanceof SdkClientException
				&& String.valueOf(cause.getMessage()).contains("credentials");
		return credentials ? Kind.CREDENTIALS : Kind.SILENT;
	}

	private static Kind kind(AwsServiceException ex) {
		String code = (ex.awsErrorDetails() != null) ? String.valueOf(ex.awsErrorDetails().errorCode()) : "";
		String lower = code.toLowerCase(Locale.ROOT);
		if (CREDENTIALS.contains(code)) {
			return Kind.CREDENTIALS;
		}
		if (lower.contains("notfound") || lower.contains("doesnotexist") || lower.contains("nonexistentqueue")) {
			return Kind.MISSING;
		}
		boolean denied = lower.contains("accessdenied") || lower.contains("authorizationerror")
				|| (ex.statusCode() == 403 && !ex.isThrottlingException());
		return denied ? Kind.DENIED : Kind.SILENT;
	}

	/**
	 * Why something could not be looked at.
	 */
	public enum Kind {

		/** It does not exist. */
		MISSING,

		/** It may not be looked at. */
		DENIED,

		/** There are no credentials, or they are refused. */
		CREDENTIALS,

		/** Its address is not one, or is in another region. */
		ELSEWHERE,

		/** No answer came, or none that can be used. */
		SILENT

	}

}
