/**
 * Queues whose messages are files in a folder.
 * <p>
 * A <em>file</em> waits under its own name. A <em>claim</em> is one file, or a group of
 * files, that a <em>consumer</em> has renamed to names of its own; it is <em>given
 * back</em> under the old names, <em>finished</em> or <em>given up</em>. The first file
 * of a claim by name is its <em>leader</em>: it is renamed first and let go last, so that
 * who has it has the claim.
 */
@NullMarked
package io.pubsub.folder;

import org.jspecify.annotations.NullMarked;
