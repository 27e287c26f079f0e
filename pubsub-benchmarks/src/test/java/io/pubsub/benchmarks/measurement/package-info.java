@NullMarked
package io.pubsub.benchmarks.measurement;

import org.jspecify.annotations.NullMarked;
