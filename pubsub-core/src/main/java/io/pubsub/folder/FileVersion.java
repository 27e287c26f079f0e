package io.pubsub.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What tells whether a file is still the same, and unchanged.
 *
 * @param key the identity that the file system gives to the file, if it does
 * @param size its size in bytes
 * @param modified the time of its last change
 */
record FileVersion(@Nullable Object key, long size, Instant modified) {

	/**
	 * Looks at a file.
	 * @param file the file
	 * @return its version; {@code null} if it is gone, or is no regular file
	 * @throws IOException if it cannot be looked at
	 */
	static @Nullable FileVersion of(Path file) throws IOException {
		try {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			return attributes.isRegularFile() ? new FileVersion(attributes.fileKey(), attributes.size(),
					attributes.lastModifiedTime().toInstant()) : null;
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	/**
	 * Whether two names are those of the same file.
	 * @param one a file
	 * @param other another one
	 * @return {@code false} also if the file system cannot tell
	 * @throws IOException if they cannot be looked at
	 */
	static boolean isSame(Path one, Path other) throws IOException {
		FileVersion first = of(one);
		FileVersion second = of(other);
		return first != null && first.key() != null && first.equals(second);
	}

}
