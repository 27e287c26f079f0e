@NullMarked
package io.pubsub.autoconfigure.test;

import org.jspecify.annotations.NullMarked;
