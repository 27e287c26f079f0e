@NullMarked
package io.pubsub.autoconfigure.pipeline;

import org.jspecify.annotations.NullMarked;
