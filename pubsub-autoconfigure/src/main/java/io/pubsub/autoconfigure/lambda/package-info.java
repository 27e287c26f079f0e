/**
 * A Spring Boot application as an AWS Lambda function.
 */
@NullMarked
package io.pubsub.autoconfigure.lambda;

import org.jspecify.annotations.NullMarked;
