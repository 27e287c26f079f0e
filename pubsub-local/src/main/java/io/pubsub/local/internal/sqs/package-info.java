/**
 * What SQS checks and answers, where ElasticMQ does otherwise. Not API.
 */
@NullMarked
package io.pubsub.local.internal.sqs;

import org.jspecify.annotations.NullMarked;
