@NullMarked
package io.pubsub.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
