package io.pubsub.console;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Tells which page has sent a request.
 */
final class Origins {

	private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443);

	private Origins() {
	}

	/**
	 * Whether a request comes from a page of this server. A program that is no browser
	 * names no page.
	 * @param exchange the request
	 * @return {@code false} if a page of another server has sent it
	 */
	static boolean isOwn(Exchange exchange) {
		String site = exchange.header("Sec-Fetch-Site");
		if (site != null) {
			return site.equals("same-origin");
		}
		String origin = exchange.header("Origin");
		return origin == null || isOwn(origin, exchange);
	}

	// A proxy may tell the host under which it is known. A page cannot.
	private static boolean isOwn(String origin, Exchange exchange) {
		try {
			URI page = URI.create(origin);
			String host = host(page.getScheme(), page.getHost(), page.getPort());
			String forwarded = exchange.header("X-Forwarded-Host");
			return host.equals(exchange.host()) || (forwarded != null && host.equals(forwarded));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	static String host(@Nullable String scheme, @Nullable String name, int port) {
		boolean usual = port < 0 || (scheme != null && PORTS.getOrDefault(scheme, 0) == port);
		return String.valueOf(name).toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port);
	}

}
