@NullMarked
package io.pubsub.autoconfigure.circuit;

import org.jspecify.annotations.NullMarked;
