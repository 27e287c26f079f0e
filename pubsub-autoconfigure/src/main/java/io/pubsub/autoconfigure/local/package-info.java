/**
 * SNS and SQS inside the process of an application, instead of AWS.
 */
@NullMarked
package io.pubsub.autoconfigure.local;

import org.jspecify.annotations.NullMarked;
