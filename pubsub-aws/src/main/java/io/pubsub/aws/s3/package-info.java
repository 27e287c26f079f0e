/**
 * What S3 tells of its objects.
 */
@NullMarked
package io.pubsub.aws.s3;

import org.jspecify.annotations.NullMarked;
