/**
 * What the demonstrations of the commands have in common.
 */
@NullMarked
package io.pubsub.sample.pipeline.demo;

import org.jspecify.annotations.NullMarked;
