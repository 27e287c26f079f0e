/**
 * JVMs that are started, listened to and ended.
 */
@NullMarked
package io.pubsub.benchmarks.process;

import org.jspecify.annotations.NullMarked;
