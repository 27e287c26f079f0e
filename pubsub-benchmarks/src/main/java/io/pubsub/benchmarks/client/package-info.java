/**
 * How all contenders reach the broker: with the same clients, whose requests are counted.
 */
@NullMarked
package io.pubsub.benchmarks.client;

import org.jspecify.annotations.NullMarked;
