@NullMarked
package io.pubsub.aws.deadletter;

import org.jspecify.annotations.NullMarked;
