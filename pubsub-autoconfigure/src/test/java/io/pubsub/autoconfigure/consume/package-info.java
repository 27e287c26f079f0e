@NullMarked
package io.pubsub.autoconfigure.consume;

import org.jspecify.annotations.NullMarked;
