package io.pubsub.aws.s3;

import io.pubsub.RejectMessageException;

/**
 * Thrown when an object is not there, where {@link MissingObject#FAIL} says that this is
 * a failure.
 *
 * @since 0.1.0
 */
public final class MissingObjectException extends RejectMessageException {

	MissingObjectException(S3Object object, Exception cause) {
		super(object.place() + " is not there", cause);
	}

}
