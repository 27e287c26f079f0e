@NullMarked
package io.pubsub.uri;

import org.jspecify.annotations.NullMarked;
