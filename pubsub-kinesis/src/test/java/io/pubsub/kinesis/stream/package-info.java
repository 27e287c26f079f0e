@NullMarked
package io.pubsub.kinesis.stream;

import org.jspecify.annotations.NullMarked;
