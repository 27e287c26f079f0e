/**
 * What the code of a service imports: media types, annotations, handlers and outcomes.
 */
@NullMarked
package io.pubsub;

import org.jspecify.annotations.NullMarked;
