@NullMarked
package io.pubsub.aws;

import org.jspecify.annotations.NullMarked;
