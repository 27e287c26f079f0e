@NullMarked
package io.pubsub.benchmarks.process;

import org.jspecify.annotations.NullMarked;
