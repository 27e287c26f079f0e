@NullMarked
package io.pubsub.aws.internal;

import org.jspecify.annotations.NullMarked;
