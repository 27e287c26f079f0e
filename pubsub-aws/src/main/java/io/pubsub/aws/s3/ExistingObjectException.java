package io.pubsub.aws.s3;

import io.pubsub.RejectMessageException;

/**
 * Thrown when there is an object under a key already, and it has another content, or none
 * that {@link S3Writer} has written. No further attempt helps: each element needs a key
 * of its own.
 *
 * @since 0.1.0
 */
public final class ExistingObjectException extends RejectMessageException {

	ExistingObjectException(S3Object object) {
		super(object.place() + " is not written: there is another object under this key; give each element a key of"
				+ " its own, or let the writer replace what is there");
	}

}
