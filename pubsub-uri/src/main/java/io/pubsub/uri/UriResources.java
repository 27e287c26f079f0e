package io.pubsub.uri;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.pubsub.ChangedUriMessage;
import io.pubsub.MessageContext;
import io.pubsub.NackException;
import io.pubsub.OpaqueData;
import io.pubsub.UriMessage;
import io.pubsub.internal.ForeignJson;
import io.pubsub.schema.InvalidMessageException;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.OpenedMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.web.client.RestClient;

/**
 * The resources that messages refer to, fetched and converted.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class UriResources {

	private final ResourceFetcher fetcher;

	private final MessageCodec codec;

	private final JsonMapper mapper;

	private final @Nullable ResourceCache cache;

	private final boolean nackIfNotFound;

	private final Duration nackDelay;

	/**
	 * Makes a way to resources.
	 * @param options the options for fetching
	 * @param client the builder of the client that makes the requests; a copy of it gets
	 * timeouts and does not follow redirects
	 * @param codec the codec that converts resources, and validates them
	 * @param mapper the JSON mapper
	 * @param cache the cache of resources; {@code null} to fetch everything
	 * @throws io.pubsub.InvalidSettingException if the options name something that cannot
	 * be a host or a header
	 */
	public UriResources(UriOptions options, RestClient.Builder client, MessageCodec codec, JsonMapper mapper,
			@Nullable ResourceCache cache) {
		this(options, client, List.of(), codec, mapper, cache);
	}

	/**
	 * Makes a way to resources of several schemes.
	 * @param options the options for fetching; what is about connections and requests is
	 * about HTTP only
	 * @param client the builder of the client that makes the requests; a copy of it gets
	 * timeouts and does not follow redirects
	 * @param schemes the ways to resources of other schemes
	 * @param codec the codec that converts resources, and validates them
	 * @param mapper the JSON mapper
	 * @param cache the cache of resources; {@code null} to fetch everything
	 * @throws io.pubsub.InvalidSettingException if the options name something that cannot
	 * be a host or a header
	 */
	public UriResources(UriOptions options, RestClient.Builder client, List<ResourceScheme> schemes, MessageCodec codec,
			JsonMapper mapper, @Nullable ResourceCache cache) {
		this.fetcher = new ResourceFetcher(client, options, schemes);
		this.codec = codec;
		this.mapper = mapper.rebuild().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
		this.cache = cache;
		this.nackIfNotFound = options.nackIfNotFound();
		this.nackDelay = options.nackDelay();
	}

	/**
	 * The resource of a message, as a map.
	 * @param message the message
	 * @param context the context of the message
	 * @return the fields of the resource
	 */
	@SuppressWarnings("unchecked") // the keys of a JSON object are strings
	public Map<String, Object> get(UriMessage message, MessageContext context) {
		return get(message, context, Map.class);
	}

	/**
	 * The resource of a message.
	 * @param message the message
	 * @param context the context of the message
	 * @param type the type that the resource is converted to: a class, whose constraints
	 * are checked, or {@link Map} or {@link JsonNode}
	 * @param <R> the type of the resource
	 * @return the resource
	 * @throws NackException if it is not found, which may be a matter of time
	 * @throws UriResourceException if it must not be fetched, cannot be fetched or does
	 * not fit the type
	 */
	public <R> R get(UriMessage message, MessageContext context, Class<R> type) {
		return convert(message.uri(), fetch(message.uri(), context, this.cache), context, type);
	}

	/**
	 * The resource of a message that says that it was changed, as it is after the change.
	 * @param message the message; if it names a field, the resource must have its new
	 * value, and does not come from the cache
	 * @param context the context of the message
	 * @param type the type that the resource is converted to: a class, whose constraints
	 * are checked, or {@link Map} or {@link JsonNode}
	 * @param <R> the type of the resource
	 * @return the resource
	 * @throws NackException if it is not found or has not changed, which may be a matter
	 * of time
	 * @throws UriResourceException if it must not be fetched, cannot be fetched or does
	 * not fit the type
	 */
	public <R> R get(ChangedUriMessage message, MessageContext context, Class<R> type) {
		String field = message.fieldName();
		ObjectNode resource = fetch(message.uri(), context, (field != null) ? null : this.cache);
		if (field != null && !isEqual(resource.get(field), message.newValue())) {
			throw new NackException(this.nackDelay, "Resource field value does not match message");
		}
		return convert(message.uri(), resource, context, type);
	}

	private static boolean isEqual(@Nullable JsonNode value, @Nullable String expected) {
		if (value == null || value.isNull()) {
			return expected == null;
		}
		return (value.isValueNode() ? value.asString() : value.toString()).equals(expected);
	}

	private ObjectNode fetch(URI uri, MessageContext context, @Nullable ResourceCache cache) {
		this.fetcher.check(uri);
		String text = (cache != null)
				? cache.get(context.mediaType(), uri, () -> this.fetcher.fetch(uri, context.opaqueData()))
				: this.fetcher.fetch(uri, context.opaqueData());
		if (text != null) {
			return parse(uri, text);
		}
		if (this.nackIfNotFound) {
			throw new NackException(this.nackDelay, "URI resource not found");
		}
		throw new UriResourceException(uri, "is not found");
	}

	private ObjectNode parse(URI uri, String text) {
		if (ForeignJson.read(this.mapper, text,
				(fault) -> new UriResourceException(uri, fault)) instanceof ObjectNode resource) {
			return resource;
		}
		throw new UriResourceException(uri, "is not a JSON object");
	}

	private <R> R convert(URI uri, ObjectNode resource, MessageContext context, Class<R> type) {
		try {
			return this.codec.decode(
					new OpenedMessage(context.mediaType(), resource, OpaqueData.none(), Map.of(), null, null), type);
		}
		catch (InvalidMessageException ex) {
			throw new UriResourceException(uri, "is not as expected: " + ex.getMessage());
		}
	}

}
