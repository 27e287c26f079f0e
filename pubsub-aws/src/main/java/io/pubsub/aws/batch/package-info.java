/**
 * How many messages travel in few calls.
 */
@NullMarked
package io.pubsub.aws.batch;

import org.jspecify.annotations.NullMarked;
