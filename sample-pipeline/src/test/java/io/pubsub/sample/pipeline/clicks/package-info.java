@NullMarked
package io.pubsub.sample.pipeline.clicks;

import org.jspecify.annotations.NullMarked;
