/**
 * What is measured, and with which messages.
 */
@NullMarked
package io.pubsub.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
