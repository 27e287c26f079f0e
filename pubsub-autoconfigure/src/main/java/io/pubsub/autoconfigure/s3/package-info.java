/**
 * How an application reads and writes objects of S3.
 */
@NullMarked
package io.pubsub.autoconfigure.s3;

import org.jspecify.annotations.NullMarked;
