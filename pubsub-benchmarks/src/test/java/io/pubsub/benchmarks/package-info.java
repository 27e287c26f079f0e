@NullMarked
package io.pubsub.benchmarks;

import org.jspecify.annotations.NullMarked;
