package io.pubsub.aws.s3;

import io.pubsub.RejectMessageException;

/**
 * Thrown when an object has come as it is stored, and its content is broken: it begins as
 * gzip does and is none to its end, or has bytes that are not of the charset. It names
 * the object and never quotes it. No further attempt helps.
 *
 * @since 0.1.0
 */
public final class CorruptObjectException extends RejectMessageException {

	CorruptObjectException(S3Object object, String problem, Exception cause) {
		super("%s %s".formatted(object.place(), problem), cause);
	}

}
