package io.pubsub.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Moves files without ever overwriting one, which a rename does on POSIX: the file gets a
 * second name, by a hard link that fails if there is such a file, and then loses its
 * first one. Where there are no hard links, the name is taken by an empty file that is
 * created exclusively, and replaced.
 * <p>
 * Safe for use by many threads, and by many processes on the same files.
 */
final class FileMoves {

	private final Linker linker;

	FileMoves() {
		this(Files::createLink);
	}

	FileMoves(Linker linker) {
		this.linker = linker;
	}

	/**
	 * Moves a file to a name that nobody has, also to another file system.
	 * @param file the file
	 * @param target the new name
	 * @throws FileAlreadyExistsException if there is such a file
	 * @throws NoSuchFileException if the file is gone: somebody else has moved it
	 * @throws IOException if the file cannot be moved
	 */
	void move(Path file, Path target) throws IOException {
		FileVersion version = FileVersion.of(file);
		if (!isLinked(file, target)) {
			if (Files.getFileStore(file).equals(Files.getFileStore(target.toAbsolutePath().getParent()))) {
				replacePlaceholder(file, target);
				return;
			}
			publishCopy(file, target);
		}
		if (!Files.deleteIfExists(file)) {
			// Somebody else has it under another name, and the new one may be taken
			// since.
			if (version != null && version.equals(FileVersion.of(target))) {
				Files.deleteIfExists(target);
			}
			throw new NoSuchFileException(file.toString());
		}
	}

	/**
	 * Copies a file to a name that nobody has. No part of it is seen under that name.
	 * @param file the file
	 * @param target the new name
	 * @throws FileAlreadyExistsException if there is such a file
	 * @throws IOException if the file cannot be copied
	 */
	void publishCopy(Path file, Path target) throws IOException {
		Path copy = temporary(target);
		try {
			Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
			// The original may be deleted next.
			try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
				channel.force(true);
			}
			publish(copy, target);
		}
		finally {
			Files.deleteIfExists(copy);
		}
	}

	/**
	 * Gives a file that nobody else knows its name.
	 * @param file the file, on the same file system
	 * @param target the name
	 * @throws FileAlreadyExistsException if there is such a file
	 * @throws IOException if that fails
	 */
	void publish(Path file, Path target) throws IOException {
		if (isLinked(file, target)) {
			Files.deleteIfExists(file);
		}
		else {
			replacePlaceholder(file, target);
		}
	}

	/**
	 * A name for what is to be published later, which no consumer takes.
	 * @param target the name that it will have
	 * @return a name beside it
	 */
	static Path temporary(Path target) {
		return target.resolveSibling(".%s.tmp".formatted(UUID.randomUUID()));
	}

	private boolean isLinked(Path file, Path target) throws IOException {
		try {
			this.linker.link(target, file);
			return true;
		}
		catch (FileAlreadyExistsException ex) {
			// A network drive may have done it before, and its answer was lost.
			if (FileVersion.isSame(file, target)) {
				return true;
			}
			throw ex;
		}
		catch (NoSuchFileException ex) {
			throw ex;
		}
		catch (IOException | UnsupportedOperationException ex) {
			// No hard links here, or not for a file of somebody else, or not to there.
			return false;
		}
	}

	private static void replacePlaceholder(Path file, Path target) throws IOException {
		Files.createFile(target);
		try {
			Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			Files.deleteIfExists(target);
			throw ex;
		}
	}

	/**
	 * Moves a file to a folder, under its name or, if there is such a file, with a number
	 * behind it.
	 * @param file the file
	 * @param folder the folder
	 * @param name the name
	 * @return the file in the folder
	 * @throws NoSuchFileException if the file is gone
	 * @throws IOException if the file cannot be moved
	 */
	Path moveInto(Path file, Path folder, String name) throws IOException {
		for (int number = 0;; number++) {
			Path target = folder.resolve((number > 0) ? numbered(name, number) : name);
			try {
				move(file, target);
				return target;
			}
			catch (FileAlreadyExistsException ex) {
				// The next number.
			}
		}
	}

	private static String numbered(String name, int number) {
		int dot = name.indexOf('.', 1);
		return (dot > 0) ? name.substring(0, dot) + "-" + number + name.substring(dot) : name + "-" + number;
	}

	/**
	 * Renames a file to a name that nobody else can have. Of many who try, one succeeds.
	 * @param file the file
	 * @param target the new name
	 * @return {@code false} if the file is gone
	 * @throws IOException if it cannot be renamed
	 */
	static boolean rename(Path file, Path target) throws IOException {
		try {
			Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
			return true;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	/**
	 * Makes a hard link.
	 */
	interface Linker {

		/**
		 * Makes a hard link, or throws, for example because there is such a file.
		 * @param link the new name
		 * @param file the file
		 * @throws IOException if the link is not made
		 */
		void link(Path link, Path file) throws IOException;

	}

}
