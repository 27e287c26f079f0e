@NullMarked
package io.pubsub.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
