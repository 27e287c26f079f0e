/**
 * The wiring of pipelines, each with a daemon of its own.
 */
@NullMarked
package io.pubsub.autoconfigure.pipeline;

import org.jspecify.annotations.NullMarked;
