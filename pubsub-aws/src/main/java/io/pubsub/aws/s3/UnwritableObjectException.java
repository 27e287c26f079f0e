package io.pubsub.aws.s3;

import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Thrown when S3 refuses to take an object, and says why. The text names the object.
 * Another attempt succeeds once that is mended.
 *
 * @since 0.1.0
 */
public final class UnwritableObjectException extends RuntimeException {

	UnwritableObjectException(S3Object object, S3Exception cause) {
		super("%s cannot be written: S3 says %s (%d)".formatted(object.place(),
				(cause.awsErrorDetails() != null) ? cause.awsErrorDetails().errorCode() : "no", cause.statusCode()),
				cause);
	}

}
