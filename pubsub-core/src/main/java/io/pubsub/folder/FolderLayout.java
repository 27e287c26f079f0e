package io.pubsub.folder;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The places in and beside the folder of a queue.
 *
 * @param root the folder
 * @param done the folder for what is done with; {@code null} if that is deleted
 * @param dead the folder for what is given up
 */
record FolderLayout(Path root, @Nullable Path done, Path dead) {

	static final String CONTROL = ".pubsub";

	static FolderLayout of(Path folder, @Nullable Path done, @Nullable Path dead) {
		Path root = folder.toAbsolutePath().normalize();
		return new FolderLayout(root, (done != null) ? root.resolve(done) : null,
				root.resolve((dead != null) ? dead : Path.of("dead")));
	}

	Path control() {
		return this.root.resolve(CONTROL);
	}

	Path consumers() {
		return control().resolve("consumers");
	}

	Path producers() {
		return control().resolve("producers");
	}

	Path ended() {
		return control().resolve("ended");
	}

	Path attempts() {
		return control().resolve("attempts");
	}

	/**
	 * Checks that there is the folder of the queue.
	 * @return this
	 * @throws UnusableFolderException if there is not
	 */
	FolderLayout check() {
		if (!Files.isDirectory(this.root)) {
			throw UnusableFolderException.missing(this.root);
		}
		return this;
	}

	/**
	 * Makes the folders that are missing, but not that of the queue.
	 * @throws UnusableFolderException if there is no such queue, or nothing may be
	 * written there
	 */
	void create() {
		check();
		try {
			for (Path folder : List.of(consumers(), producers(), ended(), attempts(), this.dead)) {
				Files.createDirectories(folder);
			}
			if (this.done != null) {
				Files.createDirectories(this.done);
			}
		}
		catch (IOException ex) {
			throw UnusableFolderException.readOnly(this.root, ex);
		}
	}

	/**
	 * The names in a folder.
	 * @param folder the folder
	 * @return its names, in no order; none if there is no such folder
	 * @throws IOException if it cannot be read
	 */
	static List<String> names(Path folder) throws IOException {
		List<String> names = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
			files.forEach((file) -> names.add(file.getFileName().toString()));
		}
		catch (NoSuchFileException | NotDirectoryException ex) {
			return List.of();
		}
		catch (DirectoryIteratorException ex) {
			throw ex.getCause();
		}
		return names;
	}

}
