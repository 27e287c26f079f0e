/**
 * Which messages were handled before, in a table of the application's database.
 */
@NullMarked
package io.pubsub.idempotency.jdbc;

import org.jspecify.annotations.NullMarked;
