@NullMarked
package io.pubsub.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
