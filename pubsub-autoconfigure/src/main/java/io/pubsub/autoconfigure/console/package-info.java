/**
 * The settings of the console.
 */
@NullMarked
package io.pubsub.autoconfigure.console;

import org.jspecify.annotations.NullMarked;
