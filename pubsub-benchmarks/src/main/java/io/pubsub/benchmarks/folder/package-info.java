/**
 * The contenders that put messages into a folder and work them off.
 */
@NullMarked
package io.pubsub.benchmarks.folder;

import org.jspecify.annotations.NullMarked;
