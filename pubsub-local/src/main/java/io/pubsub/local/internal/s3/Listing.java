package io.pubsub.local.internal.s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;

import org.jspecify.annotations.Nullable;

/**
 * A page of a list of objects.
 *
 * @param objects the objects
 * @param folders the prefixes that stand for all keys that begin with them
 * @param next the token for the next page, {@code null} if this is the last
 */
record Listing(List<StoredObject> objects, List<String> folders, @Nullable String next) {

	/**
	 * List a part of the objects.
	 * @param objects all objects by key
	 * @param query the part that is asked for
	 * @return the page
	 */
	static Listing of(NavigableMap<String, StoredObject> objects, ListQuery query) {
		List<StoredObject> found = new ArrayList<>();
		List<String> folders = new ArrayList<>();
		String last = null;
		for (StoredObject object : objects.tailMap(query.first(), true).values()) {
			if (!object.key().startsWith(query.prefix())) {
				break;
			}
			String folder = query.folder(object.key());
			if (query.isBefore(object.key()) || (folder != null && folder.equals(last))) {
				continue;
			}
			if (found.size() + folders.size() == query.limit()) {
				return new Listing(found, folders, (last != null) ? token(last) : null);
			}
			last = (folder != null) ? folder : object.key();
			if (folder != null) {
				folders.add(folder);
			}
			else {
				found.add(object);
			}
		}
		return new Listing(found, folders, null);
	}

	private static String token(String last) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
	}

	static String read(String token) {
		try {
			return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw S3Exception.invalidArgument("The continuation token provided is incorrect", "continuation-token",
					token);
		}
	}

}
