package io.pubsub.autoconfigure.folder;

import java.nio.file.Path;

import io.pubsub.folder.FolderDestination;
import org.jspecify.annotations.Nullable;

/**
 * The address of a folder that is consumed: {@code folder:<path>}, with the extension of
 * its messages behind it if they have one, as in {@code folder:in?extension=.tsv}.
 *
 * @param path the path of the folder
 * @param extension the end of the names of messages; {@code null} if it is not said
 */
record FolderAddress(Path path, @Nullable String extension) {

	private static final String EXTENSION = "?extension=";

	static FolderAddress parse(String address) {
		int query = address.lastIndexOf('?');
		if (query < 0) {
			return new FolderAddress(FolderDestination.pathOf(address), null);
		}
		if (!address.startsWith(EXTENSION, query)) {
			throw new IllegalArgumentException(
					"behind the path of a folder there may be ?extension=, as in folder:in?extension=.tsv, not "
							+ address.substring(query));
		}
		return new FolderAddress(FolderDestination.pathOf(address.substring(0, query)),
				address.substring(query + EXTENSION.length()));
	}

}
