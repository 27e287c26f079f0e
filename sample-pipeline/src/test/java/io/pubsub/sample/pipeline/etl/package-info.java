@NullMarked
package io.pubsub.sample.pipeline.etl;

import org.jspecify.annotations.NullMarked;
