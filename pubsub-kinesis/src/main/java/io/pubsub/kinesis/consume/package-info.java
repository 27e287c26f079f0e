/**
 * Records of Kinesis streams on their way to a receiver, until their checkpoint.
 */
@NullMarked
package io.pubsub.kinesis.consume;

import org.jspecify.annotations.NullMarked;
