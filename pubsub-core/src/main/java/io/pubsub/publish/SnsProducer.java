package io.pubsub.publish;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.internal.LogText;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes messages, each to the topic of its media type (MC-12).
 * <p>
 * A message that is published while another one is handled carries on the other one's
 * request and trace ids, and its time to live (MC-16, MC-38). A message that is produced
 * while the calling thread has an open {@link PublishScope}, or a transaction that its
 * {@link PublishScopes} know, is only made ready: it is published when that ends well.
 * Safe for use by many threads.
 */
public final class SnsProducer {

	private static final Logger logger = LoggerFactory.getLogger(SnsProducer.class);

	private final MessageComposer composer;

	private final Destination destination;

	private final ProducerMode mode;

	private final PublishScopes scopes;

	/**
	 * Makes a producer that knows neither scopes nor transactions.
	 * @param composer what makes messages ready
	 * @param destination where they go
	 * @param mode what to do with them
	 */
	public SnsProducer(MessageComposer composer, Destination destination, ProducerMode mode) {
		this(composer, destination, mode, new PublishScopes(PublishTransactions.none()));
	}

	/**
	 * Makes a producer.
	 * @param composer what makes messages ready
	 * @param destination where they go
	 * @param mode what to do with them
	 * @param scopes what messages wait for
	 */
	public SnsProducer(MessageComposer composer, Destination destination, ProducerMode mode, PublishScopes scopes) {
		this.composer = composer;
		this.destination = destination;
		this.mode = mode;
		this.scopes = scopes;
	}

	/**
	 * Publishes content whose class declares its media type, or a {@link Message}.
	 * @param content the content
	 * @return the id that SNS gave to the message; one made up here, which nobody else
	 * knows, if publishing is deferred or the mode is not to publish
	 * @throws io.pubsub.schema.InvalidMessageException if the content violates its schema
	 * @throws NoTopicException if there is no topic for the media type
	 * @throws PublishException if the message could not be published
	 */
	public String produce(Object content) {
		if (this.mode == ProducerMode.DISCARD) {
			return madeUpId();
		}
		return idOf(sendAndWait(List.of(this.composer.compose(messageOf(content)))).get(0));
	}

	/**
	 * Publishes content of a media type.
	 * @param mediaType the media type, whole or as {@code <change>.<resource>}
	 * @param content an instance of a schema class, or a map
	 * @return as {@link #produce(Object)}
	 * @throws io.pubsub.schema.InvalidMessageException if the content violates its schema
	 * @throws NoTopicException if there is no topic for the media type
	 * @throws PublishException if the message could not be published
	 */
	public String produce(MediaType mediaType, Object content) {
		return produce(Message.of(mediaType, content));
	}

	/**
	 * Publishes as {@link #produce(Object)} does, without waiting. The content is encoded
	 * before this method returns.
	 * @param content the content, or a {@link Message}
	 * @return completes with the id; fails with what {@link #produce(Object)} throws
	 */
	public CompletableFuture<String> produceAsync(Object content) {
		if (this.mode == ProducerMode.DISCARD) {
			return CompletableFuture.completedFuture(madeUpId());
		}
		OutboundMessage outbound;
		try {
			outbound = this.composer.compose(messageOf(content));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		return send(List.of(outbound)).thenApply((results) -> idOf(results.get(0)));
	}

	/**
	 * Publishes as {@link #produce(MediaType, Object)} does, without waiting. The content
	 * is encoded before this method returns.
	 * @param mediaType the media type, whole or as {@code <change>.<resource>}
	 * @param content an instance of a schema class, or a map
	 * @return completes with the id; fails with what {@link #produce(Object)} throws
	 */
	public CompletableFuture<String> produceAsync(MediaType mediaType, Object content) {
		return produceAsync(Message.of(mediaType, content));
	}

	/**
	 * Publishes several messages, in as few calls as possible; those for one topic in the
	 * order of the collection. If one of them is invalid or has no topic, none is
	 * published, and the report says so for each.
	 * @param contents the contents, any of which may be a {@link Message}
	 * @return what became of each message; {@link PublishReport#orThrow()} insists on all
	 */
	public PublishReport produceAll(Collection<?> contents) {
		if (this.mode == ProducerMode.DISCARD) {
			return new PublishReport(contents.stream().map((content) -> PublishResult.published(madeUpId())).toList());
		}
		List<OutboundMessage> outbound = new ArrayList<>(contents.size());
		List<PublishResult> results = new ArrayList<>(contents.size());
		for (Object content : contents) {
			results.add(compose(content, outbound));
		}
		boolean ready = outbound.size() == contents.size();
		return new PublishReport(ready ? sendAndWait(outbound) : results);
	}

	/**
	 * Starts to collect messages, of which nothing is published before
	 * {@link DeferredPublisher#commit()} (MC-19).
	 * @return a publisher with messages of its own
	 */
	public DeferredPublisher defer() {
		return new DeferredPublisher(this, this.scopes);
	}

	/**
	 * Publishes what the work produces with the publisher that it is given: all of it, in
	 * order, when the work returns, and nothing if it throws (MC-19).
	 * @param work the work; it must not commit the publisher itself
	 * @throws PublishException if a message could not be published; the others are
	 */
	public void deferred(Consumer<DeferredPublisher> work) {
		try (DeferredPublisher publisher = defer()) {
			work.accept(publisher);
			publisher.commit();
		}
	}

	List<OutboundMessage> ready(Object content) {
		return (this.mode != ProducerMode.DISCARD) ? List.of(this.composer.compose(messageOf(content))) : List.of();
	}

	List<PublishResult> sendNow(List<OutboundMessage> messages) {
		if (this.mode == ProducerMode.LOG) {
			return log(messages);
		}
		try {
			return explain(messages, publishAndWait(messages));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PublishException("interrupted: nobody knows whether the messages were published", ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			throw new PublishException("could not publish: " + LogText.of(ex.getCause()), ex.getCause());
		}
	}

	// A handler is interrupted when its message is no longer its own: then it must not
	// wait any longer for a request.
	private List<PublishResult> publishAndWait(List<OutboundMessage> messages)
			throws InterruptedException, ExecutionException {
		return (MessageContext.current() != null) ? this.destination.publish(messages).get()
				: this.destination.publishAndWait(messages);
	}

	private PublishResult compose(Object content, List<OutboundMessage> outbound) {
		try {
			outbound.add(this.composer.compose(messageOf(content)));
			return PublishResult.failed(
					new PublishException("not published, because another message of the same call is invalid", null));
		}
		catch (RuntimeException ex) {
			return PublishResult.failed(ex);
		}
	}

	private List<PublishResult> sendAndWait(List<OutboundMessage> messages) {
		PendingMessages pending = this.scopes.forProduced();
		return (pending != null) ? postpone(messages, pending) : sendNow(messages);
	}

	private CompletableFuture<List<PublishResult>> send(List<OutboundMessage> messages) {
		PendingMessages pending = this.scopes.forProduced();
		if (pending != null) {
			return CompletableFuture.completedFuture(postpone(messages, pending));
		}
		if (this.mode == ProducerMode.LOG) {
			return CompletableFuture.completedFuture(log(messages));
		}
		return this.destination.publish(messages).thenApply((results) -> explain(messages, results));
	}

	private List<PublishResult> postpone(List<OutboundMessage> messages, PendingMessages pending) {
		pending.add(this, messages);
		return messages.stream().map((message) -> PublishResult.published(madeUpId())).toList();
	}

	private static List<PublishResult> explain(List<OutboundMessage> messages, List<PublishResult> results) {
		if (results.size() != messages.size()) {
			throw new PublishException(
					"the destination gave %d results for %d messages: nobody knows which were published"
						.formatted(results.size(), messages.size()),
					null);
		}
		List<PublishResult> explained = new ArrayList<>(results.size());
		for (int i = 0; i < results.size(); i++) {
			PublishResult result = results.get(i);
			OutboundMessage message = messages.get(i);
			explained.add((result.failure() == null) ? result : PublishResult
				.failed(new PublishException(message.mediaType(), message.address(), result.failure())));
		}
		return explained;
	}

	private static List<PublishResult> log(List<OutboundMessage> messages) {
		return messages.stream().map(SnsProducer::log).toList();
	}

	private static PublishResult log(OutboundMessage message) {
		logger.info("Not published, as pubsub.producer.mode is log: {} to {}, {} bytes", message.mediaType(),
				LogText.of(message.address()), message.sizeInBytes());
		return PublishResult.published(madeUpId());
	}

	private static String idOf(PublishResult result) {
		if (result.failure() instanceof PublishException failure) {
			throw failure;
		}
		return Objects.requireNonNull(result.messageId());
	}

	private static Message messageOf(Object content) {
		return (content instanceof Message message) ? message : Message.of(content);
	}

	static String madeUpId() {
		return "local-" + UUID.randomUUID();
	}

}
