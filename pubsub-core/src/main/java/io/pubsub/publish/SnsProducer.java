package io.pubsub.publish;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.internal.LogText;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;

/**
 * Publishes messages, each to the topic of its media type.
 * <p>
 * A message that is published while another one is handled carries on the other one's
 * request and trace ids, and its time to live. A message that is produced while the
 * calling thread has an open {@link PublishScope}, or a transaction that its
 * {@link PublishScopes} know, is only made ready: it is published when that ends well.
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class SnsProducer {

	private static final OutboundMessage NOTHING = new OutboundMessage("", new MediaType("text/plain"), "", Map.of());

	private final Function<Message, OutboundMessage> composing;

	private final Destination destination;

	private final Destination waiting;

	private final PublishScopes scopes;

	/**
	 * Makes a producer that knows neither scopes nor transactions.
	 * @param composer the composer of its messages
	 * @param destination the way out for messages
	 * @param mode the use that is made of them
	 */
	public SnsProducer(MessageComposer composer, Destination destination, ProducerMode mode) {
		this(composer, destination, destination.waiting(), mode, new PublishScopes(PublishTransactions.none()));
	}

	/**
	 * Makes a producer.
	 * @param composer the composer of its messages
	 * @param destination the way out for messages
	 * @param waiting the same for callers that wait, outside of handlers:
	 * {@link Destination#waiting()}, decorated like the other one
	 * @param mode the use that is made of messages
	 * @param scopes the scopes and transactions that messages wait for
	 */
	public SnsProducer(MessageComposer composer, Destination destination, Destination waiting, ProducerMode mode,
			PublishScopes scopes) {
		boolean blind = mode == ProducerMode.DISCARD;
		this.composing = blind ? (message) -> NOTHING : composer::compose;
		this.scopes = blind ? new PublishScopes(PublishTransactions.none()) : scopes;
		this.destination = mode.of(destination);
		this.waiting = mode.of(waiting);
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
		return idOf(await(send(compose(content), forCaller())));
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
		List<OutboundMessage> outbound;
		try {
			outbound = compose(content);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		return send(outbound, this.destination).thenApply(SnsProducer::idOf);
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
	 * @return the report on each message; {@link PublishReport#orThrow()} insists on all
	 */
	public PublishReport produceAll(Collection<?> contents) {
		List<OutboundMessage> outbound = new ArrayList<>(contents.size());
		List<PublishResult> results = new ArrayList<>(contents.size());
		for (Object content : contents) {
			results.add(compose(content, outbound));
		}
		boolean ready = outbound.size() == contents.size();
		return new PublishReport(ready ? await(send(outbound, forCaller())) : results);
	}

	/**
	 * Starts to collect messages, of which nothing is published before
	 * {@link DeferredPublisher#commit()}.
	 * @return a publisher with messages of its own
	 */
	public DeferredPublisher defer() {
		return new DeferredPublisher(this, this.scopes);
	}

	/**
	 * Publishes what the work produces with the publisher that it is given: all of it, in
	 * order, when the work returns, and nothing if it throws.
	 * @param work the work; it must not commit the publisher itself
	 * @throws PublishException if a message could not be published; the others are
	 */
	public void deferred(Consumer<DeferredPublisher> work) {
		try (DeferredPublisher publisher = defer()) {
			work.accept(publisher);
			publisher.commit();
		}
	}

	List<OutboundMessage> compose(Object content) {
		OutboundMessage composed = this.composing
			.apply((content instanceof Message message) ? message : Message.of(content));
		this.scopes.check(composed);
		return List.of(composed);
	}

	private PublishResult compose(Object content, List<OutboundMessage> outbound) {
		try {
			outbound.addAll(compose(content));
			return PublishResult.failed(
					new PublishException("not published, because another message of the same call is invalid", null));
		}
		catch (RuntimeException ex) {
			return PublishResult.failed(ex);
		}
	}

	List<PublishResult> sendNow(List<OutboundMessage> messages) {
		return await(publish(messages, forCaller()));
	}

	// A handler is interrupted when its message is no longer its own: then it must not
	// wait any longer for a request.
	private Destination forCaller() {
		return (MessageContext.current() != null) ? this.destination : this.waiting;
	}

	private CompletableFuture<List<PublishResult>> send(List<OutboundMessage> messages, Destination to) {
		PendingMessages pending = this.scopes.forProduced();
		if (pending == null) {
			return publish(messages, to);
		}
		pending.add(this, messages);
		return CompletableFuture.completedFuture(UnpublishedDestination.results(messages));
	}

	private static CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages, Destination to) {
		return to.publish(messages).thenApply((results) -> explain(messages, results));
	}

	private static List<PublishResult> await(CompletableFuture<List<PublishResult>> results) {
		try {
			return results.get();
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

	private static List<PublishResult> explain(List<OutboundMessage> messages, List<PublishResult> results) {
		if (results.size() != messages.size()) {
			throw new PublishException(
					"the destination gave %d results for %d messages: nobody knows which were published"
						.formatted(results.size(), messages.size()),
					null);
		}
		List<PublishResult> explained = new ArrayList<>(results.size());
		for (int i = 0; i < results.size(); i++) {
			explained.add(explain(messages.get(i), results.get(i)));
		}
		return explained;
	}

	private static PublishResult explain(OutboundMessage message, PublishResult result) {
		Exception failure = result.failure();
		return (failure != null) ? new PublishResult(null,
				new PublishException(message.mediaType(), message.address(), failure), result.refused()) : result;
	}

	private static String idOf(List<PublishResult> results) {
		PublishResult result = results.get(0);
		if (result.failure() instanceof PublishException failure) {
			throw failure;
		}
		return Objects.requireNonNull(result.messageId());
	}

}
