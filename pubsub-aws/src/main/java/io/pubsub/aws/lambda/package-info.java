/**
 * Consuming SQS as an AWS Lambda function.
 */
@NullMarked
package io.pubsub.aws.lambda;

import org.jspecify.annotations.NullMarked;
