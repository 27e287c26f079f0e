/**
 * Orders, and the stock that they are served from.
 */
@NullMarked
package io.pubsub.sample.order;

import org.jspecify.annotations.NullMarked;
