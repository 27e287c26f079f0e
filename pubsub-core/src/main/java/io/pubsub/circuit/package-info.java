/**
 * When the messages of a handler or a pipeline are not tried, because what it depends on
 * fails.
 */
@NullMarked
package io.pubsub.circuit;

import org.jspecify.annotations.NullMarked;
