@NullMarked
package io.pubsub.autoconfigure.local;

import org.jspecify.annotations.NullMarked;
