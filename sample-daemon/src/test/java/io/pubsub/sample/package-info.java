@NullMarked
package io.pubsub.sample;

import org.jspecify.annotations.NullMarked;
