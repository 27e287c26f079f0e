@NullMarked
package io.pubsub.kinesis;

import org.jspecify.annotations.NullMarked;
