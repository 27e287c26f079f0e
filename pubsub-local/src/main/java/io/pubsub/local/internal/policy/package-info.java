/**
 * The policies of queues and topics, as far as services of AWS are allowed to send to
 * them. Not API.
 */
@NullMarked
package io.pubsub.local.internal.policy;

import org.jspecify.annotations.NullMarked;
