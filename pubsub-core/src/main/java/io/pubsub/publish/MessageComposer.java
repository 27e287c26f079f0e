package io.pubsub.publish;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.AddressRules;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.WireCharacters;

/**
 * Makes messages ready to go: names, validates, stamps, encodes and routes them.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class MessageComposer {

	// Filter policies of subscriptions go by this name.
	static final String MEDIA_TYPE = "media_type";

	private static final int MICRO_DIGITS = 6;

	private final SchemaRegistry schemas;

	private final MessageCodec codec;

	private final TopicRouter router;

	private final Propagation propagation;

	private final Clock clock;

	private final AddressRules rules;

	private final List<ComposeInterceptor> interceptors;

	/**
	 * Makes a composer for a destination that takes everything.
	 * @param schemas the schemas, with the media types of classes
	 * @param codec the codec, which validates and encodes
	 * @param router the topics
	 * @param propagation the data that go on from the message that is being handled
	 * @param clock the clock for the time of publishing
	 * @throws IllegalArgumentException if a schema declares an id that cannot be read
	 */
	public MessageComposer(SchemaRegistry schemas, MessageCodec codec, TopicRouter router, Propagation propagation,
			Clock clock) {
		this(schemas, codec, router, propagation, clock, AddressRules.none(), List.of());
	}

	/**
	 * Makes a composer.
	 * @param schemas the schemas, with the media types of classes
	 * @param codec the codec, which validates and encodes
	 * @param router the topics
	 * @param propagation the data that go on from the message that is being handled
	 * @param clock the clock for the time of publishing
	 * @param rules the rules of the destination that the messages are made for
	 * @param interceptors the interceptors, in their order within each phase
	 * @throws IllegalArgumentException if a schema declares an id that cannot be read
	 */
	public MessageComposer(SchemaRegistry schemas, MessageCodec codec, TopicRouter router, Propagation propagation,
			Clock clock, AddressRules rules, List<ComposeInterceptor> interceptors) {
		this.schemas = schemas;
		this.codec = codec;
		this.router = router;
		this.propagation = propagation;
		this.clock = clock;
		this.rules = rules;
		this.interceptors = interceptors.stream().sorted(Comparator.comparing(ComposeInterceptor::phase)).toList();
		schemas.schemas().values().forEach(MessageIds::check);
	}

	/**
	 * Makes a message ready, in the {@link MessageContext} of the calling thread.
	 * @param message the message
	 * @return the message, encoded and routed
	 * @throws io.pubsub.schema.InvalidMessageException if the content violates its schema
	 * @throws NoTopicException if there is no topic for the media type
	 * @throws IllegalArgumentException if the content has no media type, an id is not
	 * one, or there is no group for a FIFO topic
	 */
	public OutboundMessage compose(Message message) {
		MediaType mediaType = mediaTypeOf(message);
		return compose(message, mediaType, Map.of(), 0);
	}

	private OutboundMessage compose(Message message, MediaType mediaType, Map<String, String> headers, int next) {
		if (next == this.interceptors.size()) {
			return compose(message, mediaType, headers);
		}
		return this.interceptors.get(next)
			.intercept(mediaType, (added) -> compose(message, mediaType, merge(headers, added), next + 1));
	}

	private static Map<String, String> merge(Map<String, String> headers, Map<String, String> added) {
		Map<String, String> merged = new LinkedHashMap<>(headers);
		merged.putAll(added);
		return merged;
	}

	private OutboundMessage compose(Message message, MediaType mediaType, Map<String, String> headers) {
		OpaqueData opaqueData = this.propagation.from(MessageContext.current())
			.with(OpaqueData.PUBLISHED, epochSeconds(this.clock.instant()))
			.with(OpaqueData.of(headers))
			.with(message.opaqueData());
		String body = this.codec.encode(mediaType, message.content(), opaqueData);
		String topic = this.router.route(mediaType);
		MessageIds ids = MessageIds.of(message, mediaType, topic, this.rules);
		return new OutboundMessage(topic, mediaType, body, attributes(mediaType, headers.keySet(), opaqueData),
				ids.groupId(), ids.deduplicationId());
	}

	// What a message says for itself wins in its attributes too. They only repeat what
	// the body has, so what an attribute cannot hold is left to the body.
	private Map<String, String> attributes(MediaType mediaType, Set<String> headers, OpaqueData opaqueData) {
		Map<String, String> attributes = new LinkedHashMap<>();
		attributes.put(MEDIA_TYPE, mediaType.value());
		for (String header : headers) {
			String value = opaqueData.get(header);
			if (value != null && canTravel(value) && attributes.size() < this.rules.maxAttributes()) {
				attributes.putIfAbsent(header, value);
			}
		}
		return attributes;
	}

	private static boolean canTravel(String value) {
		return !value.isEmpty() && WireCharacters.faultOf(value) == null;
	}

	/**
	 * Insists that messages of a class can be routed.
	 * @param schema a class that declares its media type
	 * @throws NoTopicException if there is no topic for its media type
	 */
	void checkTopic(Class<?> schema) {
		this.router.route(this.schemas.mediaTypeOf(schema));
	}

	private MediaType mediaTypeOf(Message message) {
		MediaType mediaType = (message.mediaType() != null) ? this.schemas.resolve(message.mediaType())
				: this.schemas.mediaTypeOf(message.content().getClass());
		if (mediaType.isPattern()) {
			throw new IllegalArgumentException(
					"%s is a pattern: name the media type of the message".formatted(mediaType));
		}
		return mediaType;
	}

	private static String epochSeconds(Instant instant) {
		return BigDecimal.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, instant), MICRO_DIGITS).toPlainString();
	}

}
