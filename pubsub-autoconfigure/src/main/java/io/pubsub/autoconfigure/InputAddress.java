package io.pubsub.autoconfigure;

import java.net.URI;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The address of an input that ends: {@code stdin:} or {@code file:<path>}. Only these
 * schemes are, whatever else may be the name of a file (W-MC-18).
 */
final class InputAddress {

	static final String STDIN = "stdin:";

	static final String FILE = "file:";

	private InputAddress() {
	}

	static boolean isInput(@Nullable String source) {
		return source != null && (source.equals(STDIN) || source.startsWith(FILE));
	}

	static Path path(String source) {
		String path = source.substring(FILE.length());
		if (path.isBlank()) {
			throw new IllegalArgumentException("pubsub.source=file: needs the path of a file, as in file:orders.jsonl");
		}
		return path.startsWith("//") ? Path.of(URI.create(source)) : Path.of(path);
	}

}
