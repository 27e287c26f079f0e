@NullMarked
package io.pubsub.kinesis.publish;

import org.jspecify.annotations.NullMarked;
