/**
 * Publishing to SNS topics.
 */
@NullMarked
package io.pubsub.aws.sns;

import org.jspecify.annotations.NullMarked;
