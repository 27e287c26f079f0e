/**
 * The loading of files: they come into a folder, and their lines come into a database,
 * those of each file exactly once.
 */
@NullMarked
package io.pubsub.sample.pipeline.etl;

import org.jspecify.annotations.NullMarked;
