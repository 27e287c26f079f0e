@NullMarked
package io.pubsub.local;

import org.jspecify.annotations.NullMarked;
