/**
 * Auto-configuration for the outbox of the producer.
 */
@NullMarked
package io.pubsub.autoconfigure.outbox;

import org.jspecify.annotations.NullMarked;
