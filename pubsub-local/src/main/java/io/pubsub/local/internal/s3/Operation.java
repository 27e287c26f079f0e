package io.pubsub.local.internal.s3;

import java.io.IOException;

/**
 * What a request asks S3 to do.
 */
@FunctionalInterface
interface Operation {

	S3Answer perform(S3Request request) throws IOException;

}
