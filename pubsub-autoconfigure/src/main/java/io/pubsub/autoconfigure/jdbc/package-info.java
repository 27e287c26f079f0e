/**
 * Auto-configuration for durable queues in a database.
 */
@NullMarked
package io.pubsub.autoconfigure.jdbc;

import org.jspecify.annotations.NullMarked;
