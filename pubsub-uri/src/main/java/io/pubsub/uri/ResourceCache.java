package io.pubsub.uri;

import java.net.URI;
import java.util.function.Supplier;

import io.pubsub.MediaType;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;

/**
 * The text of resources that were fetched before, by their URI. How long they stay, and
 * how many, is up to the cache.
 *
 * @since 0.1.0
 */
public final class ResourceCache {

	/**
	 * The name of the cache.
	 */
	public static final String NAME = "pubsub-resources";

	private final Cache cache;

	private final ResourceCachePolicy policy;

	/**
	 * Makes a cache.
	 * @param cache the cache that keeps resources
	 * @param policy the policy that says which resources are kept
	 */
	public ResourceCache(Cache cache, ResourceCachePolicy policy) {
		this.cache = cache;
		this.policy = policy;
	}

	@Nullable String get(MediaType mediaType, URI uri, Supplier<@Nullable String> source) {
		if (!this.policy.isCacheable(mediaType, uri)) {
			return source.get();
		}
		String cached = this.cache.get(uri.toString(), String.class);
		return (cached != null) ? cached : put(uri, source.get());
	}

	// What is not found today may be there tomorrow.
	private @Nullable String put(URI uri, @Nullable String resource) {
		if (resource != null) {
			this.cache.put(uri.toString(), resource);
		}
		return resource;
	}

}
