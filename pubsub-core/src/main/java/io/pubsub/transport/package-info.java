/**
 * How messages come in from a source and go out to a destination, whatever the broker.
 */
@NullMarked
package io.pubsub.transport;

import org.jspecify.annotations.NullMarked;
