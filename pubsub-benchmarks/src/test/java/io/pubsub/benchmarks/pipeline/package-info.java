@NullMarked
package io.pubsub.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
