/**
 * Which messages were handled before, so that none is handled twice.
 */
@NullMarked
package io.pubsub.idempotency;

import org.jspecify.annotations.NullMarked;
