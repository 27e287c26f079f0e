package io.pubsub.aws.s3;

/**
 * Thrown when S3 refuses to give an object, and says why: access is denied, the bucket is
 * elsewhere or not there, or the object is archived. The text names the object and tells
 * what to do. Another attempt succeeds once that is done.
 *
 * @since 0.1.0
 */
public final class UnreadableObjectException extends RuntimeException {

	UnreadableObjectException(S3Object object, String problem, Exception cause) {
		super("%s cannot be read: %s".formatted(object.place(), problem), cause);
	}

}
