@NullMarked
package io.pubsub.aws.topology;

import org.jspecify.annotations.NullMarked;
