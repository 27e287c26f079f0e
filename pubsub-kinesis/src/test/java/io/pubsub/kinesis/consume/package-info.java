@NullMarked
package io.pubsub.kinesis.consume;

import org.jspecify.annotations.NullMarked;
