/**
 * The demonstration: messages of every kind, and a summary of what became of them.
 */
@NullMarked
package io.pubsub.sample.demo;

import org.jspecify.annotations.NullMarked;
