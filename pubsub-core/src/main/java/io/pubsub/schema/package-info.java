/**
 * What a message of a media type looks like, in memory and on the wire.
 */
@NullMarked
package io.pubsub.schema;

import org.jspecify.annotations.NullMarked;
