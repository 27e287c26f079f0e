package io.pubsub.uri;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.pubsub.OpaqueData;
import io.pubsub.internal.LogText;
import io.pubsub.schema.internal.LenientUri;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Gets the text of resources over HTTP and by other schemes, from allowed hosts only.
 * <p>
 * Follows redirects by itself, since each must lead to an allowed host again.
 */
final class ResourceFetcher {

	private static final int MAX_REDIRECTS = 5;

	private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

	private static final String BYTE_ORDER_MARK = "\ufeff";

	private static final int NOT_FOUND = 404;

	private final RestClient client;

	private final AllowedHosts allowedHosts;

	private final ForwardedHeaders forwardedHeaders;

	private final Map<String, ResourceScheme> schemes;

	private final int maxSize;

	ResourceFetcher(RestClient.Builder client, UriOptions options) {
		this(client, options, List.of());
	}

	ResourceFetcher(RestClient.Builder client, UriOptions options, List<ResourceScheme> schemes) {
		this.client = client.clone().requestFactory(requestFactory(options)).build();
		this.allowedHosts = new AllowedHosts(options.allowedHosts());
		this.forwardedHeaders = new ForwardedHeaders(options.forwardHeaders());
		this.schemes = schemes.stream().collect(Collectors.toMap(ResourceScheme::name, (scheme) -> scheme));
		this.maxSize = (int) options.maxSize().toBytes();
	}

	private static JdkClientHttpRequestFactory requestFactory(UriOptions options) {
		HttpClient client = HttpClient.newBuilder()
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(options.connectTimeout())
			.build();
		JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(client);
		factory.setReadTimeout(options.readTimeout());
		return factory;
	}

	/**
	 * Refuses a URI that must not be fetched.
	 * @param uri the address that is given for a resource
	 */
	void check(URI uri) {
		if (scheme(uri) != null) {
			this.allowedHosts.checkPlace(uri);
		}
		else {
			this.allowedHosts.check(uri);
		}
	}

	private @Nullable ResourceScheme scheme(URI uri) {
		return (uri.getScheme() != null) ? this.schemes.get(uri.getScheme().toLowerCase(Locale.ROOT)) : null;
	}

	/**
	 * Gets a resource.
	 * @param uri the address of the resource
	 * @param data the opaque data of the message that refers to it
	 * @return its text, or {@code null} if it is not found
	 */
	@Nullable String fetch(URI uri, OpaqueData data) {
		ResourceScheme scheme = scheme(uri);
		return (scheme != null) ? read(scheme, uri) : fetchOverHttp(uri, data);
	}

	private @Nullable String read(ResourceScheme scheme, URI uri) {
		this.allowedHosts.checkPlace(uri);
		try (InputStream content = scheme.open(uri)) {
			return (content != null) ? text(uri, content) : null;
		}
		catch (IOException ex) {
			throw failed(uri, ex);
		}
	}

	private @Nullable String fetchOverHttp(URI uri, OpaqueData data) {
		URI target = URI.create(uri.toASCIIString());
		for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
			Answer answer = get(target, data);
			if (answer.location() == null) {
				return answer.text();
			}
			target = redirect(target, answer.location());
		}
		throw new UriResourceException(uri,
				"is not fetched: it leads to more than %d redirects".formatted(MAX_REDIRECTS));
	}

	private Answer get(URI uri, OpaqueData data) {
		this.allowedHosts.check(uri);
		try {
			return this.client.get()
				.uri(uri)
				.accept(MediaType.APPLICATION_JSON)
				.headers((headers) -> this.forwardedHeaders.addTo(headers, data))
				.exchangeForRequiredValue((request, response) -> answer(uri, response));
		}
		catch (ResourceAccessException ex) {
			throw failed(uri, (ex.getCause() != null) ? ex.getCause() : ex);
		}
	}

	private static UriResourceException failed(URI uri, Throwable cause) {
		return new UriResourceException(uri, "cannot be fetched: " + cause.getClass().getSimpleName(),
				LogText.printable(cause));
	}

	// Closing the body here, before its end, gives the connection up. The response would
	// read it to the end, however far that is.
	private Answer answer(URI uri, ClientHttpResponse response) throws IOException {
		HttpStatusCode status = response.getStatusCode();
		try (InputStream body = response.getBody()) {
			if (status.value() == NOT_FOUND) {
				return new Answer(null, null);
			}
			String location = response.getHeaders().getFirst(HttpHeaders.LOCATION);
			if (location != null && REDIRECTS.contains(status.value())) {
				return new Answer(location, null);
			}
			if (!status.is2xxSuccessful()) {
				throw new UriResourceException(uri, "cannot be fetched: the answer is " + status.value());
			}
			return new Answer(null, text(uri, body));
		}
	}

	private String text(URI uri, InputStream body) throws IOException {
		byte[] bytes = body.readNBytes(this.maxSize + 1);
		if (bytes.length > this.maxSize) {
			throw new UriResourceException(uri,
					"is not read: it is larger than the largest size allowed, %d bytes".formatted(this.maxSize));
		}
		String text = new String(bytes, StandardCharsets.UTF_8);
		return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
	}

	static URI redirect(URI from, String location) {
		URI target;
		try {
			target = from.resolve(LenientUri.parse(location));
		}
		catch (IllegalArgumentException ex) {
			throw new UriResourceException(from, "redirects to something that is no URI");
		}
		if ("https".equalsIgnoreCase(from.getScheme()) && "http".equalsIgnoreCase(target.getScheme())) {
			throw new UriResourceException(from, "is not fetched: it redirects from https to http");
		}
		return target;
	}

	/**
	 * The answer of a server. With neither, there is no resource.
	 *
	 * @param location the address to ask instead
	 * @param text the resource
	 */
	private record Answer(@Nullable String location, @Nullable String text) {

	}

}
