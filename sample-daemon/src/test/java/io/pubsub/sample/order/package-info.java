@NullMarked
package io.pubsub.sample.order;

import org.jspecify.annotations.NullMarked;
