/**
 * Messages from the lines of a file or of the standard input.
 */
@NullMarked
package io.pubsub.source;

import org.jspecify.annotations.NullMarked;
