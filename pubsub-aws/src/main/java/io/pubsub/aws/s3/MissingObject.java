package io.pubsub.aws.s3;

import io.pubsub.NackException;
import io.pubsub.SkipMessageException;

/**
 * The end of a message whose object is not there.
 *
 * @since 0.1.0
 */
public enum MissingObject {

	/** It is handed back, since the object may be there later. */
	RETRY,

	/** It is acknowledged as skipped. */
	SKIP,

	/** It becomes a dead letter. */
	FAIL;

	RuntimeException exception(S3Object object, Exception cause) {
		return switch (this) {
			case RETRY -> new NackException(null, object.place() + " is not there");
			case SKIP -> new SkipMessageException(object.place() + " is not there");
			case FAIL -> new MissingObjectException(object, cause);
		};
	}

}
