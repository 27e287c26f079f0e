package io.pubsub.autoconfigure.uri;

import io.pubsub.MediaTypes;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.schema.MessageCodec;
import io.pubsub.uri.ResourceCache;
import io.pubsub.uri.ResourceCachePolicy;
import io.pubsub.uri.ResourceScheme;
import io.pubsub.uri.UriResources;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;

/**
 * Auto-configuration for the resources that messages refer to by a URI.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PubSubAutoConfiguration.class)
@ConditionalOnClass({ UriResources.class, RestClient.class })
@ConditionalOnBean(MessageCodec.class)
@EnableConfigurationProperties(PubSubUriProperties.class)
public final class PubSubUriAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	UriResources pubSubUriResources(PubSubUriProperties properties, ObjectProvider<RestClient.Builder> client,
			ObjectProvider<ResourceScheme> schemes, MessageCodec codec, ObjectProvider<JsonMapper> mapper,
			ObjectProvider<ResourceCache> cache) {
		return new UriResources(properties.options(), client.getIfUnique(RestClient::builder),
				schemes.orderedStream().toList(), codec, mapper.getIfAvailable(() -> JsonMapper.builder().build()),
				cache.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	ResourceCachePolicy pubSubResourceCachePolicy(MediaTypes mediaTypes) {
		return ResourceCachePolicy.createdEvents(mediaTypes);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty("pubsub.uri.cache.enabled")
	ResourceCache pubSubResourceCache(ObjectProvider<CacheManager> cacheManager, ResourceCachePolicy policy) {
		CacheManager manager = cacheManager.getIfAvailable();
		Cache cache = (manager != null) ? manager.getCache(ResourceCache.NAME) : null;
		if (cache == null) {
			throw new IllegalStateException("pubsub.uri.cache.enabled is true, but there is no %s: %s".formatted(
					(manager != null) ? "cache '" + ResourceCache.NAME + "'" : "CacheManager",
					(manager != null) ? "let the CacheManager have it" : "add @EnableCaching and a cache provider"));
		}
		return new ResourceCache(cache, policy);
	}

}
