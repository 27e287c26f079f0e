/**
 * The circuit breakers of the handlers.
 */
@NullMarked
package io.pubsub.autoconfigure.circuit;

import org.jspecify.annotations.NullMarked;
