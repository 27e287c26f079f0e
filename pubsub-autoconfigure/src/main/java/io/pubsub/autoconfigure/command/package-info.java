/**
 * Commands that any service can run from its command line, in place of its daemon.
 */
@NullMarked
package io.pubsub.autoconfigure.command;

import org.jspecify.annotations.NullMarked;
