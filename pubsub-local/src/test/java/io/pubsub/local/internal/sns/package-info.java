@NullMarked
package io.pubsub.local.internal.sns;

import org.jspecify.annotations.NullMarked;
