/**
 * pubsub and its peers, measured side by side.
 */
@NullMarked
package io.pubsub.benchmarks;

import org.jspecify.annotations.NullMarked;
