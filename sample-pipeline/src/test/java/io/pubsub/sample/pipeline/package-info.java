@NullMarked
package io.pubsub.sample.pipeline;

import org.jspecify.annotations.NullMarked;
