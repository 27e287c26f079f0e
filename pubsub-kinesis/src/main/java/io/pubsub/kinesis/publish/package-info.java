/**
 * Messages on their way into Kinesis streams.
 */
@NullMarked
package io.pubsub.kinesis.publish;

import org.jspecify.annotations.NullMarked;
