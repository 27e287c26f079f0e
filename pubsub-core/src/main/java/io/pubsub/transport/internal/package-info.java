/**
 * What sources and destinations of this library have in common; not for others.
 */
@NullMarked
package io.pubsub.transport.internal;

import org.jspecify.annotations.NullMarked;
