package io.pubsub.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Puts a folder back to its beginning, or empties it. Never follows a link, and so never
 * leaves the folder.
 *
 * @param layout the folders
 * @param moves the way to move files
 */
record FolderCleaner(FolderLayout layout, FileMoves moves) {

	// What a put that was killed has left.
	private static final Pattern UNPUBLISHED = Pattern.compile("\\.[0-9a-f-]{36}\\.tmp");

	int reset() throws IOException {
		int count = 0;
		for (String name : FolderLayout.names(this.layout.root())) {
			ClaimName claim = ClaimName.parse(name);
			if (claim != null && isPutBack(name, claim)) {
				count++;
			}
			else if (UNPUBLISHED.matcher(name).matches()) {
				Files.deleteIfExists(this.layout.root().resolve(name));
			}
		}
		deleteControl();
		this.layout.create();
		return count;
	}

	private boolean isPutBack(String name, ClaimName claim) throws IOException {
		try {
			this.moves.moveInto(this.layout.root().resolve(name), this.layout.root(), claim.original());
			return true;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	int purge() throws IOException {
		int count = deleteFiles(this.layout.root());
		deleteControl();
		count += deleteFolder(this.layout.done());
		count += deleteFolder(this.layout.dead());
		this.layout.create();
		return count;
	}

	private void deleteControl() throws IOException {
		for (Path folder : new Path[] { this.layout.consumers(), this.layout.producers(), this.layout.ended(),
				this.layout.attempts(), this.layout.control() }) {
			int unused = deleteFolder(folder);
		}
	}

	private int deleteFolder(@Nullable Path folder) throws IOException {
		if (folder == null || !isInside(folder)) {
			return 0;
		}
		int count = deleteFiles(folder);
		if (FolderLayout.names(folder).isEmpty()) {
			Files.deleteIfExists(folder);
		}
		return count;
	}

	private boolean isInside(Path folder) throws IOException {
		return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && !folder.equals(this.layout.root())
				&& folder.toRealPath().startsWith(this.layout.root().toRealPath());
	}

	private static int deleteFiles(Path folder) throws IOException {
		int count = 0;
		for (String name : FolderLayout.names(folder)) {
			Path file = folder.resolve(name);
			if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(file)) {
				count++;
			}
		}
		return count;
	}

}
