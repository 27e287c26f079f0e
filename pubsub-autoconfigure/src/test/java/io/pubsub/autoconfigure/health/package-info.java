@NullMarked
package io.pubsub.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
