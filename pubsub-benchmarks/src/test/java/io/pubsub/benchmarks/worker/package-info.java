@NullMarked
package io.pubsub.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
