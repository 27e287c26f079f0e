/**
 * How an application consumes a queue of SQS, and where its dead letters go.
 */
@NullMarked
package io.pubsub.autoconfigure.sqs;

import org.jspecify.annotations.NullMarked;
