@NullMarked
package io.pubsub.autoconfigure.internal;

import org.jspecify.annotations.NullMarked;
