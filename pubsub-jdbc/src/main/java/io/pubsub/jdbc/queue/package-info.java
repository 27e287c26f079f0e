/**
 * Durable queues in a table of a database.
 * <p>
 * A message is <em>claimed</em> for the length of a <em>lease</em>, under a
 * <em>token</em> that whoever settles it must show. It is <em>parked</em> when it is
 * given up, until somebody releases or discards it.
 */
@NullMarked
package io.pubsub.jdbc.queue;

import org.jspecify.annotations.NullMarked;
