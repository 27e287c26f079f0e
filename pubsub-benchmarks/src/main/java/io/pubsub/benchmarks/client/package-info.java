/**
 * The way of all contenders to the broker: the same clients, whose requests are counted.
 */
@NullMarked
package io.pubsub.benchmarks.client;

import org.jspecify.annotations.NullMarked;
