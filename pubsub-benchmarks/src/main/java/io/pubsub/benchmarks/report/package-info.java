/**
 * The report on the numbers of a run.
 */
@NullMarked
package io.pubsub.benchmarks.report;

import org.jspecify.annotations.NullMarked;
