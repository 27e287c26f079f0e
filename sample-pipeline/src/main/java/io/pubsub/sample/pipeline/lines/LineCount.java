package io.pubsub.sample.pipeline.lines;

import io.pubsub.aws.s3.S3Object;

/**
 * The number of lines of an object.
 *
 * @param object the object
 * @param lines the number of its lines that are not blank
 */
record LineCount(S3Object object, long lines) {

}
