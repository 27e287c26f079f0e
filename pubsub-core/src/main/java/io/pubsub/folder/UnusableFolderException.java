package io.pubsub.folder;

import java.nio.file.Files;
import java.nio.file.Path;

import io.pubsub.source.InputException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a folder cannot be used as a queue: there is none, or nothing may be
 * written there.
 *
 * @since 0.1.0
 */
public final class UnusableFolderException extends InputException {

	private final boolean missing;

	private UnusableFolderException(String message, boolean missing, @Nullable Throwable cause) {
		super(message, cause);
		this.missing = missing;
	}

	static UnusableFolderException missing(Path folder) {
		return new UnusableFolderException(
				(Files.exists(folder) ? "%s is a file, not a folder" : "There is no folder %s").formatted(folder), true,
				null);
	}

	static UnusableFolderException readOnly(Path folder, @Nullable Throwable cause) {
		return new UnusableFolderException(
				"The folder %s cannot be used as a queue: nothing may be written there".formatted(folder), false,
				cause);
	}

	/**
	 * Whether there is no such folder.
	 * @return {@code false} if there is one, where nothing may be written
	 */
	public boolean isMissing() {
		return this.missing;
	}

}
