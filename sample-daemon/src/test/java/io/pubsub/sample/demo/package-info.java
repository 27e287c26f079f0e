@NullMarked
package io.pubsub.sample.demo;

import org.jspecify.annotations.NullMarked;
