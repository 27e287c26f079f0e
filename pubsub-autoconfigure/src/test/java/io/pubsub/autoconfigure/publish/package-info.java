@NullMarked
package io.pubsub.autoconfigure.publish;

import org.jspecify.annotations.NullMarked;
