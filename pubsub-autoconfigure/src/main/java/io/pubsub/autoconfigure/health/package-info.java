/**
 * How well the consumer is, for the probes of a platform.
 */
@NullMarked
package io.pubsub.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
