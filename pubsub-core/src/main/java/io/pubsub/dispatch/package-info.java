/**
 * How a delivery becomes a call of a handler, and its outcome an acknowledgement.
 */
@NullMarked
package io.pubsub.dispatch;

import org.jspecify.annotations.NullMarked;
