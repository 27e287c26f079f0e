/**
 * SNS and SQS in one JVM, for development and tests.
 */
@NullMarked
package io.pubsub.local;

import org.jspecify.annotations.NullMarked;
