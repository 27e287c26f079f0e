@NullMarked
package io.pubsub.aws.sqs;

import org.jspecify.annotations.NullMarked;
