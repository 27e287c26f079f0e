package io.pubsub.uri;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.pubsub.OpaqueData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;
import org.springframework.web.client.RestClient;

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

	@Test
	void readsResourcesOfAnotherScheme() {
		Bucket bucket = new Bucket("\ufeff{\"name\": \"Ada\"}");
		assertThat(fetcher(bucket).fetch(URI.create("s3://files/a"), OpaqueData.none()))
			.isEqualTo("{\"name\": \"Ada\"}");
		assertThat(bucket.closed).isTrue();
	}

	@Test
	void findsNoResourceOfAnotherScheme() {
		assertThat(fetcher(new Bucket(null)).fetch(URI.create("s3://files/a"), OpaqueData.none())).isNull();
	}

	@Test
	void refusesWhatIsTooLargeInAnotherScheme() {
		Bucket bucket = new Bucket("x".repeat(2000));
		assertThatExceptionOfType(UriResourceException.class)
			.isThrownBy(() -> fetcher(bucket).fetch(URI.create("s3://files/a"), OpaqueData.none()))
			.withMessageContaining("larger than the largest size allowed");
		assertThat(bucket.closed).isTrue();
	}

	@Test
	void asksNoPlaceOfAnotherSchemeThatIsNotAllowed() {
		Bucket bucket = new Bucket("{}");
		assertThatExceptionOfType(UriResourceException.class)
			.isThrownBy(() -> fetcher(bucket).fetch(URI.create("s3://secrets/a"), OpaqueData.none()))
			.withMessageContaining("s3://secrets is not among the allowed hosts");
		assertThat(bucket.asked).isFalse();
	}

	@Test
	void saysThatAResourceOfAnotherSchemeCannotBeRead() {
		ResourceScheme broken = new Bucket("{}") {

			@Override
			public InputStream open(URI uri) throws IOException {
				throw new EOFException("secret");
			}

		};
		assertThatExceptionOfType(UriResourceException.class)
			.isThrownBy(() -> fetcher(broken).fetch(URI.create("s3://files/a"), OpaqueData.none()))
			.withMessage("s3://files/a cannot be fetched: EOFException");
	}

	private static ResourceFetcher fetcher(ResourceScheme scheme) {
		UriOptions options = new UriOptions(List.of("s3://files"), List.of(), true, Duration.ZERO,
				Duration.ofSeconds(5), Duration.ofSeconds(5), DataSize.ofKilobytes(1));
		return new ResourceFetcher(RestClient.builder(), options, List.of(scheme));
	}

	/**
	 * A bucket that has the same under any key.
	 */
	private static class Bucket implements ResourceScheme {

		private final @Nullable String content;

		private boolean asked;

		private boolean closed;

		Bucket(@Nullable String content) {
			this.content = content;
		}

		@Override
		public String name() {
			return "s3";
		}

		@Override
		public @Nullable InputStream open(URI uri) throws IOException {
			this.asked = true;
			return (this.content == null) ? null
					: new ByteArrayInputStream(this.content.getBytes(StandardCharsets.UTF_8)) {

						@Override
						public void close() {
							Bucket.this.closed = true;
						}

					};
		}

	}

}
