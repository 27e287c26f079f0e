package io.pubsub.uri;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * A way to the resources of one scheme other than {@code http} and {@code https}. Only
 * URIs whose authority is allowed for this scheme get here, without credentials and
 * without a query.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface ResourceScheme {

	/**
	 * The name of the scheme.
	 * @return the name in lower case, such as {@code s3}
	 */
	String name();

	/**
	 * Opens a resource.
	 * @param uri the address of the resource
	 * @return its content in UTF-8, which is closed, maybe before its end; {@code null}
	 * if there is no such resource
	 * @throws IOException if it cannot be read
	 */
	@Nullable InputStream open(URI uri) throws IOException;

}
