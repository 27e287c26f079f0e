/**
 * What stands around each message of a pipeline: claims, circuits, observations.
 */
@NullMarked
package io.pubsub.pipeline.around;

import org.jspecify.annotations.NullMarked;
