@NullMarked
package io.pubsub.local.internal.s3;

import org.jspecify.annotations.NullMarked;
