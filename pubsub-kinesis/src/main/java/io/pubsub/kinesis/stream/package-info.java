/**
 * Kinesis streams: their addresses, and what is wrong with one that cannot be used.
 */
@NullMarked
package io.pubsub.kinesis.stream;

import org.jspecify.annotations.NullMarked;
