/**
 * How a message is encoded, routed by its media type and published.
 */
@NullMarked
package io.pubsub.publish;

import org.jspecify.annotations.NullMarked;
