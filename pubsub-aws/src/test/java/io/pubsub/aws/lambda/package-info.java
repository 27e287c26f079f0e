@NullMarked
package io.pubsub.aws.lambda;

import org.jspecify.annotations.NullMarked;
