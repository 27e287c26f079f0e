package io.pubsub.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The small JSON files by which the users of a folder tell one another how it stands.
 * Whoever reads one sees all of it.
 */
final class ControlFiles {

	private static final JsonMapper MAPPER = new JsonMapper();

	private ControlFiles() {
	}

	/**
	 * Writes a file in the place of the one that is there.
	 * @param file the file
	 * @param content its content
	 * @throws IOException if it cannot be written
	 */
	static void write(Path file, Object content) throws IOException {
		Path written = FileMoves.temporary(file);
		try {
			Files.writeString(written, MAPPER.writeValueAsString(content) + "\n");
			Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(written);
		}
	}

	/**
	 * Reads a file.
	 * @param file the file
	 * @param type the type of its content
	 * @param <T> the type of its content
	 * @return its content; {@code null} if there is none, or if somebody else has written
	 * something else there
	 * @throws IOException if it cannot be read
	 */
	static <T> @Nullable T read(Path file, Class<T> type) throws IOException {
		try {
			return MAPPER.readValue(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), type);
		}
		catch (NoSuchFileException | JacksonException ex) {
			return null;
		}
	}

}
