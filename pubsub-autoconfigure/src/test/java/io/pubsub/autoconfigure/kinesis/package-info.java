@NullMarked
package io.pubsub.autoconfigure.kinesis;

import org.jspecify.annotations.NullMarked;
