@NullMarked
package io.pubsub.sample.pipeline.lines;

import org.jspecify.annotations.NullMarked;
