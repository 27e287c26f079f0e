@NullMarked
package io.pubsub.jdbc.idempotency;

import org.jspecify.annotations.NullMarked;
