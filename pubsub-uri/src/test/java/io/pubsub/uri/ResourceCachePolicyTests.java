package io.pubsub.uri;

import java.net.URI;

import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResourceCachePolicy}.
 */
class ResourceCachePolicyTests {

	private final ResourceCachePolicy policy = ResourceCachePolicy.createdEvents(new MediaTypes("example"));

	@ParameterizedTest
	@CsvSource({ "created.order_event, /api/order_event/1, true", "created.order, /order_event/1, true",
			"changed.order_event, /order_event/1, false", "created.order_event, /order/1, false",
			"created.order_event, /order_event, false", "created.created, /_event/1, false" })
	void allowsEventsThatWereCreated(String type, String path, boolean expected) {
		MediaType mediaType = new MediaType("application/vnd.example.pubsub._." + type);
		assertThat(this.policy.isCacheable(mediaType, URI.create("https://example.com" + path))).isEqualTo(expected);
	}

}
