package io.pubsub.aws.s3;

import java.io.IOException;

/**
 * Thrown when the content of an object has broken off, and none of further connections
 * has brought more.
 */
final class BrokenOffException extends IOException {

	BrokenOffException(S3Object object, long position, long length, IOException cause) {
		super("%s broke off after %d of %d bytes".formatted(object.place(), position, length), cause);
	}

}
