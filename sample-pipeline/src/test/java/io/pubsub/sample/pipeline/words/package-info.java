@NullMarked
package io.pubsub.sample.pipeline.words;

import org.jspecify.annotations.NullMarked;
