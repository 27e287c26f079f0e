@NullMarked
package io.pubsub.autoconfigure.uri;

import org.jspecify.annotations.NullMarked;
