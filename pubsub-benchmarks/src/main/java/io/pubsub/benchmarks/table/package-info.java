/**
 * Contenders with a queue in a database.
 */
@NullMarked
package io.pubsub.benchmarks.table;

import org.jspecify.annotations.NullMarked;
