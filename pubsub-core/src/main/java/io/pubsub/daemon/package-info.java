/**
 * Runs a source and its receiver: start, pauses, drain, stop, and how all that is doing.
 */
@NullMarked
package io.pubsub.daemon;

import org.jspecify.annotations.NullMarked;
