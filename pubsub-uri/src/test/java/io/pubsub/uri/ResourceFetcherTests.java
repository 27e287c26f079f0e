package io.pubsub.uri;

import java.net.URI;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ResourceFetcher}, as far as they need no server.
 */
class ResourceFetcherTests {

	private static final URI SECURE = URI.create("https://example.com/a/1");

	@Test
	void redirectsRelativeToTheUri() {
		assertThat(ResourceFetcher.redirect(SECURE, "2?x=1")).isEqualTo(URI.create("https://example.com/a/2?x=1"));
	}

	@Test
	void redirectsToWhatOtherServersTakeForAUri() {
		assertThat(ResourceFetcher.redirect(SECURE, "/a b")).isEqualTo(URI.create("https://example.com/a%20b"));
	}

	@Test
	void redirectsFromHttpToHttps() {
		assertThat(ResourceFetcher.redirect(URI.create("http://example.com/a/1"), SECURE.toString())).isEqualTo(SECURE);
	}

	@Test
	void refusesRedirectFromHttpsToHttp() {
		assertThatExceptionOfType(UriResourceException.class)
			.isThrownBy(() -> ResourceFetcher.redirect(SECURE, "HTTP://example.com/a/1"))
			.withMessage("https://example.com/a/1 is not fetched: it redirects from https to http");
	}

}
