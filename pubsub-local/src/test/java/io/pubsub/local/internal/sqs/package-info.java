@NullMarked
package io.pubsub.local.internal.sqs;

import org.jspecify.annotations.NullMarked;
