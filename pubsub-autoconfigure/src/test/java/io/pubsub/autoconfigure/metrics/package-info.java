@NullMarked
package io.pubsub.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
