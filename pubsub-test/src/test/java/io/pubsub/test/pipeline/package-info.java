@NullMarked
package io.pubsub.test.pipeline;

import org.jspecify.annotations.NullMarked;
