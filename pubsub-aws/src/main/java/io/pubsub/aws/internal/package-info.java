/**
 * What those have in common who look at queues and topics and those who describe them:
 * commands, policies and addresses. It is no API.
 */
@NullMarked
package io.pubsub.aws.internal;

import org.jspecify.annotations.NullMarked;
