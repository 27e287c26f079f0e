@NullMarked
package io.pubsub.jdbc.queue;

import org.jspecify.annotations.NullMarked;
