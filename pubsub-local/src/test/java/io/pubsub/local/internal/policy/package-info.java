@NullMarked
package io.pubsub.local.internal.policy;

import org.jspecify.annotations.NullMarked;
