package io.pubsub.uri;

import java.net.URI;
import java.util.regex.Pattern;

import io.pubsub.MediaType;
import io.pubsub.MediaTypes;

/**
 * Decides which resources may come from the cache: those that never change.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ResourceCachePolicy {

	/**
	 * Whether a resource may come from the cache and go into it.
	 * @param mediaType the media type of the message that refers to the resource
	 * @param uri the address of the resource
	 * @return {@code true} if the resource never changes
	 */
	boolean isCacheable(MediaType mediaType, URI uri);

	/**
	 * The policy that caches what was created and is an event by its name: a segment of
	 * the path ends in {@code _event} and another one follows, as in
	 * {@code /order_event/1}.
	 * @param mediaTypes the naming convention, which tells the change
	 * @return the policy
	 */
	static ResourceCachePolicy createdEvents(MediaTypes mediaTypes) {
		Pattern event = Pattern.compile("/[^/]+_event/");
		return (mediaType, uri) -> "created".equals(mediaTypes.changeOf(mediaType))
				&& event.matcher(uri.getPath()).find();
	}

}
