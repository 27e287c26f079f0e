/**
 * The contenders that consume.
 */
@NullMarked
package io.pubsub.benchmarks.consume;

import org.jspecify.annotations.NullMarked;
