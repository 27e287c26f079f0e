/**
 * What an operator sees of the application and can do to it while it runs.
 */
@NullMarked
package io.pubsub.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
