package io.pubsub.sample.pipeline.lines;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The folder with a file for the count of each object. A count that comes again replaces
 * the same one, so that a message that is delivered twice leaves no more than one that is
 * not.
 */
@Component
class CountFolder {

	private static final Logger logger = LoggerFactory.getLogger(CountFolder.class);

	private final Path folder;

	private final Progress progress;

	CountFolder(@Value("${output:#{null}}") @Nullable Path folder, Progress progress) throws IOException {
		this.folder = (folder != null) ? Files.createDirectories(folder) : Files.createTempDirectory("line-counts-");
		this.progress = progress;
		logger.info("Writing counts to {}", this.folder);
	}

	/**
	 * Writes a count, as a whole or not at all.
	 * @param count the count
	 * @throws IOException if the file cannot be written
	 */
	void write(LineCount count) throws IOException {
		// A temporary file of the JDK would be for its owner only.
		Path partial = this.folder.resolve(".%s.part".formatted(UUID.randomUUID()));
		try {
			Files.writeString(partial, count.lines() + "\n", StandardOpenOption.CREATE_NEW);
			Files.move(partial, file(count), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			Files.deleteIfExists(partial);
		}
		this.progress.counted(count);
	}

	private Path file(LineCount count) {
		return this.folder.resolve(URLEncoder.encode(count.object().key(), StandardCharsets.UTF_8) + ".txt");
	}

	Path path() {
		return this.folder;
	}

}
