@NullMarked
package io.pubsub.aws.faults;

import org.jspecify.annotations.NullMarked;
