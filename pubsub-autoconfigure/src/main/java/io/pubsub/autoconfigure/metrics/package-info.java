/**
 * The meters of publishing and consuming.
 */
@NullMarked
package io.pubsub.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
