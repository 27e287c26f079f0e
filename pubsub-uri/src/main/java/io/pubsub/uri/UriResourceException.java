package io.pubsub.uri;

import java.net.URI;

import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the resource of a message is not fetched, or cannot be read.
 * <p>
 * The text names the URI without its user info and its query, which may carry secrets,
 * and never quotes the resource. It says it all, so there is no stack trace but that of a
 * cause.
 *
 * @since 0.1.0
 */
public final class UriResourceException extends RuntimeException {

	/**
	 * Says what is wrong with a resource.
	 * @param uri the address of the resource
	 * @param problem the fault, never with the content of the resource
	 * @param cause the exception behind it
	 */
	UriResourceException(URI uri, String problem, @Nullable Throwable cause) {
		super("%s %s".formatted(nameOf(uri), problem), cause, false, false);
	}

	UriResourceException(URI uri, String problem) {
		this(uri, problem, null);
	}

	private static String nameOf(URI uri) {
		if (uri.isOpaque()) {
			return uri.getScheme() + ":...";
		}
		String host = (uri.getHost() != null) ? "//" + AllowedHosts.hostAndPort(uri) : "";
		String scheme = (uri.getScheme() != null) ? uri.getScheme() + ":" : "";
		return LogText.of(scheme + host + uri.getRawPath());
	}

}
