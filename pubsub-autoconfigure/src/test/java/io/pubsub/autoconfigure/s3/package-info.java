@NullMarked
package io.pubsub.autoconfigure.s3;

import org.jspecify.annotations.NullMarked;
