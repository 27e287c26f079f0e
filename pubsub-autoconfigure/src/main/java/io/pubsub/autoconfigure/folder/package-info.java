/**
 * Auto-configuration for queues whose messages are files in a folder.
 */
@NullMarked
package io.pubsub.autoconfigure.folder;

import org.jspecify.annotations.NullMarked;
