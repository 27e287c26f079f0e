/**
 * What Micrometer sees of publishing and consuming: meters, and observations that carry
 * traces from one service to the next.
 */
@NullMarked
package io.pubsub.observe;

import org.jspecify.annotations.NullMarked;
