/**
 * Numbers, and what is made of several of them.
 */
@NullMarked
package io.pubsub.benchmarks.measurement;

import org.jspecify.annotations.NullMarked;
