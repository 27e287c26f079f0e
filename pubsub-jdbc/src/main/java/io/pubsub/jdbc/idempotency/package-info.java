/**
 * Which messages were handled before, in a table of the application's database.
 */
@NullMarked
package io.pubsub.jdbc.idempotency;

import org.jspecify.annotations.NullMarked;
