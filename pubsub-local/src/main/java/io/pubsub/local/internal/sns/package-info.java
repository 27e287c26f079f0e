/**
 * The SNS side of the local broker: topics, subscriptions and what is published between
 * them. Not API.
 */
@NullMarked
package io.pubsub.local.internal.sns;

import org.jspecify.annotations.NullMarked;
