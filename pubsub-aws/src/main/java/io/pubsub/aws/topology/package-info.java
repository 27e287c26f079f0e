/**
 * What a service wants of SQS and SNS: the queues, topics and subscriptions that its
 * classes and its configuration stand for, and what creates them.
 */
@NullMarked
package io.pubsub.aws.topology;

import org.jspecify.annotations.NullMarked;
