/**
 * How an application publishes: to SNS, at once, deferred, or after a commit.
 */
@NullMarked
package io.pubsub.autoconfigure.publish;

import org.jspecify.annotations.NullMarked;
