/**
 * How an application handles each message once.
 */
@NullMarked
package io.pubsub.autoconfigure.idempotency;

import org.jspecify.annotations.NullMarked;
