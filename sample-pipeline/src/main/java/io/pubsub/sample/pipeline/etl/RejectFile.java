package io.pubsub.sample.pipeline.etl;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.jspecify.annotations.Nullable;

/**
 * The lines of one file that are no orders: below its header, so that they can be mended
 * and put into the folder again, with a file beside it that says what is wrong with each.
 * Both are there as a whole or not at all, and the same if they are written again.
 */
final class RejectFile implements Closeable {

	private final String name;

	private final String header;

	private final Path target;

	private @Nullable Writer lines;

	private @Nullable Writer reasons;

	private int count;

	RejectFile(String name, String header, Path target) {
		this.name = name;
		this.header = header;
		this.target = target;
	}

	/**
	 * Adds a line.
	 * @param line its number
	 * @param text the line
	 * @param reason the fault
	 * @throws IOException if that cannot be written
	 */
	void add(int line, String text, String reason) throws IOException {
		if (this.lines == null || this.reasons == null) {
			Files.createDirectories(this.target.getParent());
			this.lines = Files.newBufferedWriter(partial(this.target));
			this.reasons = Files.newBufferedWriter(partial(reasons()));
			this.lines.write(this.header + "\n");
		}
		this.lines.write(text + "\n");
		this.reasons.write("%s:%d: %s\n".formatted(this.name, line, reason));
		this.count++;
	}

	int count() {
		return this.count;
	}

	Path target() {
		return this.target;
	}

	/**
	 * Shows what was added.
	 * @throws IOException if that fails
	 */
	void publish() throws IOException {
		if (this.count > 0) {
			close();
			Files.move(partial(reasons()), reasons(), StandardCopyOption.ATOMIC_MOVE,
					StandardCopyOption.REPLACE_EXISTING);
			Files.move(partial(this.target), this.target, StandardCopyOption.ATOMIC_MOVE,
					StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private Path reasons() {
		return this.target.resolveSibling(this.target.getFileName() + ".reasons");
	}

	private static Path partial(Path file) {
		return file.resolveSibling("." + file.getFileName() + ".part");
	}

	@Override
	public void close() throws IOException {
		Writer first = this.lines;
		Writer second = this.reasons;
		this.lines = null;
		this.reasons = null;
		if (first != null && second != null) {
			try {
				first.close();
			}
			finally {
				second.close();
			}
		}
	}

}
