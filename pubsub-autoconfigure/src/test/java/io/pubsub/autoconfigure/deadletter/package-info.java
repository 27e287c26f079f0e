@NullMarked
package io.pubsub.autoconfigure.deadletter;

import org.jspecify.annotations.NullMarked;
