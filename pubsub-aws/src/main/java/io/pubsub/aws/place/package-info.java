/**
 * Where queues and topics are, and whether a client asks there.
 */
@NullMarked
package io.pubsub.aws.place;

import org.jspecify.annotations.NullMarked;
