@NullMarked
package io.pubsub.time;

import org.jspecify.annotations.NullMarked;
