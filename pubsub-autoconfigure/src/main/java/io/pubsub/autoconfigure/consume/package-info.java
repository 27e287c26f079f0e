/**
 * How an application consumes: the daemon with its handlers, and lines as a source.
 */
@NullMarked
package io.pubsub.autoconfigure.consume;

import org.jspecify.annotations.NullMarked;
