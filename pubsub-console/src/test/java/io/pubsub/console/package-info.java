@NullMarked
package io.pubsub.console;

import org.jspecify.annotations.NullMarked;
