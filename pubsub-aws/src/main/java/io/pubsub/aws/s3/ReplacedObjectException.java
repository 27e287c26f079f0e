package io.pubsub.aws.s3;

import io.pubsub.RejectMessageException;

/**
 * Thrown when the object of an event has been replaced, before it was read or while it
 * was: its entity tag is another one. What the event tells of is no more, unless the
 * bucket keeps versions, so that no further attempt helps.
 * <p>
 * S3 tells of the new object with an event of its own, and its handler may have read it
 * already. Of several objects that are written at the same time, though, S3 may tell only
 * once. Whoever only wants the latest object asks for {@link S3Object#of}, which has no
 * entity tag.
 *
 * @since 0.1.0
 */
public final class ReplacedObjectException extends RejectMessageException {

	ReplacedObjectException(S3Object object, Exception cause) {
		super(object.place() + " was replaced after the event; to read the latest object, ask for it without its"
				+ " entity tag", cause);
	}

}
