/**
 * The contenders that take messages apart, count the parts and collect them, with a
 * source and a sink in memory.
 */
@NullMarked
package io.pubsub.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
