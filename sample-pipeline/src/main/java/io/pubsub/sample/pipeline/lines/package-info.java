/**
 * The line count: files come into a bucket, and the number of the lines of each comes
 * into a folder.
 */
@NullMarked
package io.pubsub.sample.pipeline.lines;

import org.jspecify.annotations.NullMarked;
