/**
 * Receiving from SQS queues and settling what was received; sending to them.
 * <p>
 * The words of this package, each for one thing:
 * <ul>
 * <li><b>request</b>, <b>answer</b>: what goes to SQS over HTTP, and what comes back</li>
 * <li><b>receive</b>: a request for up to ten messages; an <b>ask</b> is one that is to
 * be sent</li>
 * <li><b>slot</b>: the room for one message that is asked for or in flight</li>
 * <li><b>receipt</b>: what it takes to settle a received message, and until when it is
 * ours</li>
 * <li><b>visibility</b>: the time for which a received message is hidden from others, and
 * so is ours; after it, the message is <b>lost</b></li>
 * <li><b>delivery</b>: a received message in the hands of a receiver; it is
 * <b>waiting</b> until it is begun, and <b>parked</b> while it waits for another one of
 * its group</li>
 * <li><b>settlement</b>: how a delivery ends, by an <b>ack</b> or by a <b>nack</b></li>
 * <li><b>entry</b>: the delete or the change of visibility of one message that carries
 * out a settlement, or an extension; it may <b>linger</b> for others</li>
 * <li><b>batch</b>: up to ten entries in one request</li>
 * <li><b>extend</b>: to hide a message for longer, because its delivery is still in
 * flight</li>
 * <li><b>hand back</b>: to make a message visible again</li>
 * <li><b>call</b>: a request that sends messages, as {@link io.pubsub.aws.batch} has
 * it</li>
 * </ul>
 */
@NullMarked
package io.pubsub.aws.sqs;

import org.jspecify.annotations.NullMarked;
