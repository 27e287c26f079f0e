/**
 * The contenders that publish.
 */
@NullMarked
package io.pubsub.benchmarks.publish;

import org.jspecify.annotations.NullMarked;
