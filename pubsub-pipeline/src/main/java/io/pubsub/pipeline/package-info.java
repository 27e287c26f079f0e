/**
 * Pipelines: many steps between a message and its acknowledgement.
 * <p>
 * A <em>pipeline</em> is a definition, made of <em>stages</em>; a <em>run</em> of it has
 * a <em>step</em> for each stage. What passes through the steps are <em>elements</em>;
 * the message that one was derived from is its <em>origin</em>, and the <em>lineage</em>
 * counts what was derived from an origin and has not ended. An element that nothing more
 * is derived from is a <em>leaf</em>. A <em>room</em> is where elements wait for a
 * thread, in <em>lanes</em>; the thread that works on them is a <em>carrier</em>.
 */
@NullMarked
package io.pubsub.pipeline;

import org.jspecify.annotations.NullMarked;
