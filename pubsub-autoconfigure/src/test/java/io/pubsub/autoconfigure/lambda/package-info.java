@NullMarked
package io.pubsub.autoconfigure.lambda;

import org.jspecify.annotations.NullMarked;
