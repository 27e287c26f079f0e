/**
 * Pipelines as a team would write them, one for each command.
 */
@NullMarked
package io.pubsub.sample.pipeline;

import org.jspecify.annotations.NullMarked;
