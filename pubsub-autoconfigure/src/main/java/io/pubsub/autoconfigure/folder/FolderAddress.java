package io.pubsub.autoconfigure.folder;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.pubsub.folder.FolderDestination;
import io.pubsub.folder.FolderOrder;
import org.jspecify.annotations.Nullable;

/**
 * The address of a folder that is consumed: {@code folder:<path>}, with the options of
 * this folder behind it, as in {@code folder:in?extension=.tsv&order=number}.
 *
 * @param path the path of the folder
 * @param extension the end of the names of messages; {@code null} if it is not said
 * @param order the order of the files; {@code null} if it is not said
 */
record FolderAddress(Path path, @Nullable String extension, @Nullable FolderOrder order) {

	private static final String EXTENSION = "extension";

	private static final String ORDER = "order";

	static FolderAddress parse(String address) {
		int query = address.lastIndexOf('?');
		if (query < 0) {
			return new FolderAddress(FolderDestination.pathOf(address), null, null);
		}
		Map<String, String> options = options(address.substring(query + 1));
		return new FolderAddress(FolderDestination.pathOf(address.substring(0, query)), options.get(EXTENSION),
				order(options.get(ORDER)));
	}

	private static Map<String, String> options(String query) {
		Map<String, String> options = new LinkedHashMap<>();
		for (String option : query.split("&", -1)) {
			int end = option.indexOf('=');
			String name = (end < 0) ? option : option.substring(0, end);
			if (!name.equals(EXTENSION) && !name.equals(ORDER)) {
				throw new IllegalArgumentException(
						"a folder has no option '%s': behind its path there may be extension and order, as in"
							.formatted(name) + " folder:in?extension=.tsv&order=number; all else is pubsub.folder.*");
			}
			if (end < 0 || end == option.length() - 1) {
				throw new IllegalArgumentException("the option %s of a folder needs a value".formatted(name));
			}
			if (options.put(name, option.substring(end + 1)) != null) {
				throw new IllegalArgumentException("the option %s of a folder is there twice".formatted(name));
			}
		}
		return options;
	}

	private static @Nullable FolderOrder order(@Nullable String name) {
		if (name == null) {
			return null;
		}
		return Arrays.stream(FolderOrder.values())
			.filter((order) -> order.name().equals(name.toUpperCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"the order of a folder is name, number or modified, not " + name));
	}

	boolean hasOptions() {
		return this.extension != null || this.order != null;
	}

}
