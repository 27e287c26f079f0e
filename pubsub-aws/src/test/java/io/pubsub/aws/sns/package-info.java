@NullMarked
package io.pubsub.aws.sns;

import org.jspecify.annotations.NullMarked;
