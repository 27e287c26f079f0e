/**
 * The process in which one contender is measured once.
 */
@NullMarked
package io.pubsub.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
