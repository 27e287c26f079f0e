/**
 * A small service: it consumes one queue and handles what it knows.
 */
@NullMarked
package io.pubsub.sample;

import org.jspecify.annotations.NullMarked;
