/**
 * The observations, and with them the traces, of publishing and consuming.
 */
@NullMarked
package io.pubsub.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
