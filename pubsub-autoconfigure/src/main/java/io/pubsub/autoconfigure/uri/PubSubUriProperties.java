package io.pubsub.autoconfigure.uri;

import java.time.Duration;
import java.util.List;

import io.pubsub.uri.UriOptions;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for the resources that messages refer to by a URI.
 *
 * @param allowedHosts Hosts from which resources are fetched: host, host:port, *.domain
 * for all hosts below a domain, or s3://bucket for a bucket of S3. Default is none.
 * @param forwardHeaders Keys of the opaque data that go out as headers of the requests
 * for resources; a * at the end stands for any rest.
 * @param nackIfNotFound Whether a message is delivered again if its resource is not
 * found. Otherwise it fails.
 * @param nackDelay Delay before a message is delivered again whose resource is not found,
 * or is not as the message says.
 * @param connectTimeout Longest time to connect.
 * @param readTimeout Longest time for a whole response.
 * @param maxSize Largest size of a response.
 * @param cache Resources that were fetched before.
 * @since 0.1.0
 */
@ConfigurationProperties("pubsub.uri")
public record PubSubUriProperties(@DefaultValue List<String> allowedHosts,
		@DefaultValue("x-request-*") List<String> forwardHeaders, @DefaultValue("true") boolean nackIfNotFound,
		@DefaultValue("1s") Duration nackDelay, @DefaultValue("5s") Duration connectTimeout,
		@DefaultValue("10s") Duration readTimeout, @DefaultValue("1MB") DataSize maxSize, @DefaultValue Cache cache) {

	UriOptions options() {
		return new UriOptions(this.allowedHosts, this.forwardHeaders, this.nackIfNotFound, this.nackDelay,
				this.connectTimeout, this.readTimeout, this.maxSize);
	}

	/**
	 * Resources that were fetched before.
	 *
	 * @param enabled Whether resources that never change are kept in the cache named
	 * pubsub-resources of the application's CacheManager.
	 */
	public record Cache(@DefaultValue("false") boolean enabled) {

	}

}
