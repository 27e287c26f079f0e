@NullMarked
package io.pubsub.benchmarks.report;

import org.jspecify.annotations.NullMarked;
