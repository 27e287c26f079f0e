@NullMarked
package io.pubsub.idempotency.jdbc;

import org.jspecify.annotations.NullMarked;
