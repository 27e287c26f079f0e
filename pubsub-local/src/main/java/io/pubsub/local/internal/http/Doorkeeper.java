package io.pubsub.local.internal.http;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages out. The loopback address alone does not: a page in a browser of this
 * machine may send requests to it, and reads the answers if its own host name resolves to
 * 127.0.0.1 (DNS rebinding).
 */
public final class Doorkeeper {

	private static final Pattern LOOPBACK = Pattern
		.compile("(.+\\.)?localhost\\.?|127(\\.\\d{1,3}){3}|\\[(::1|(0{1,4}:){7}0{0,3}1)]");

	private static final Pattern PORT = Pattern.compile(":\\d*$");

	private Doorkeeper() {
	}

	/**
	 * Return why a request is not answered.
	 * @param host the {@code Host} header
	 * @param origin the {@code Origin} header, which browsers send
	 * @param fetchSite the {@code Sec-Fetch-Site} header, which browsers send with
	 * requests that have no origin
	 * @return the reason, or {@code null} if the request is answered
	 */
	public static @Nullable String refusal(@Nullable String host, @Nullable String origin, @Nullable String fetchSite) {
		if (host != null && !isLoopback(PORT.matcher(host).replaceFirst(""))) {
			return "The local broker answers requests to localhost only, not to another host name";
		}
		if ((origin != null && !isLocal(origin)) || "cross-site".equalsIgnoreCase(fetchSite)) {
			return "The local broker answers no web pages of other hosts";
		}
		return null;
	}

	private static boolean isLocal(String origin) {
		try {
			String host = URI.create(origin).getHost();
			return host != null && isLoopback(host);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static boolean isLoopback(String host) {
		return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
	}

}
