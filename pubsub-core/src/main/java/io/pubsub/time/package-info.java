/**
 * One clock and one scheduler, injected wherever time is told or waited for.
 */
@NullMarked
package io.pubsub.time;

import org.jspecify.annotations.NullMarked;
