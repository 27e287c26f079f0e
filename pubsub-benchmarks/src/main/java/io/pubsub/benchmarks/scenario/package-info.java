/**
 * The scenarios that are measured, and their messages.
 */
@NullMarked
package io.pubsub.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
