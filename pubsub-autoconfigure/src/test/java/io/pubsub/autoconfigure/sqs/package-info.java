@NullMarked
package io.pubsub.autoconfigure.sqs;

import org.jspecify.annotations.NullMarked;
