package io.pubsub.publish;

import java.util.List;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.MediaType;
import io.pubsub.transport.OutboundMessage;

/**
 * Collects messages to be published together, or not at all.
 * <p>
 * A message is validated, routed and stamped when it is produced, and the faults of it
 * show there. Each publisher has messages of its own, also when one is made while another
 * is open. A publisher that is committed while a
 * {@link io.pubsub.DeferPublishing @DeferPublishing} method, a transaction or a handler
 * is under way hands its messages over, to be published when that ends well. Safe for use
 * by many threads.
 *
 * @since 0.1.0
 */
public final class DeferredPublisher implements AutoCloseable {

	private final SnsProducer producer;

	private final PublishScopes scopes;

	private final PendingMessages pending;

	@GuardedBy("this")
	private boolean closed;

	DeferredPublisher(SnsProducer producer, PublishScopes scopes) {
		this.producer = producer;
		this.scopes = scopes;
		this.pending = new PendingMessages(scopes);
	}

	/**
	 * Makes content ready, to be published on {@link #commit()}.
	 * @param content the content, or a {@link Message}
	 * @return an id that is made up here, which nobody else knows: SNS gives its own on
	 * publishing
	 * @throws io.pubsub.schema.InvalidMessageException if the content violates its schema
	 * @throws NoTopicException if there is no topic for the media type
	 * @throws IllegalStateException if the publisher was committed or closed before
	 */
	public String produce(Object content) {
		List<OutboundMessage> ready = this.producer.compose(content);
		synchronized (this) {
			checkOpen();
			this.pending.add(this.producer, ready);
		}
		return UnpublishedDestination.madeUpId();
	}

	/**
	 * Makes content of a media type ready, to be published on {@link #commit()}.
	 * @param mediaType the media type, whole or as {@code <change>.<resource>}
	 * @param content an instance of a schema class, or a map
	 * @return as {@link #produce(Object)}
	 * @throws io.pubsub.schema.InvalidMessageException if the content violates its schema
	 * @throws NoTopicException if there is no topic for the media type
	 * @throws IllegalStateException if the publisher was committed or closed before
	 */
	public String produce(MediaType mediaType, Object content) {
		return produce(Message.of(mediaType, content));
	}

	/**
	 * Publishes what was produced, in order and in as few calls as possible, and closes
	 * this publisher.
	 * @throws PublishException if a message could not be published; the others are
	 * @throws IllegalStateException if the publisher was committed or closed before
	 */
	public void commit() {
		synchronized (this) {
			checkOpen();
			this.closed = true;
		}
		if (this.pending.size() > 0) {
			this.pending.moveTo(this.scopes.forCommitted());
		}
	}

	/**
	 * Closes this publisher: what was not committed is dropped.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
	}

	@GuardedBy("this")
	private void checkOpen() {
		if (this.closed) {
			throw new IllegalStateException(
					"the deferred publisher was committed or closed before: open another one with SnsProducer.defer()");
		}
	}

}
