@NullMarked
package io.pubsub.idempotency;

import org.jspecify.annotations.NullMarked;
