@NullMarked
package io.pubsub.autoconfigure.idempotency;

import org.jspecify.annotations.NullMarked;
