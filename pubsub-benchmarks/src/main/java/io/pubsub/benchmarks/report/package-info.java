/**
 * What the numbers of a run say.
 */
@NullMarked
package io.pubsub.benchmarks.report;

import org.jspecify.annotations.NullMarked;
