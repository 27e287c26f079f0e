@NullMarked
package io.pubsub.autoconfigure.outbox;

import org.jspecify.annotations.NullMarked;
