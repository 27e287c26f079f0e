package io.pubsub.benchmarks.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A loop by hand: each file is renamed, read, handled and deleted, one after the other.
 * What its process has when it dies is left for ever.
 */
final class NaiveFolderUser implements FolderUser {

	private final String self = "." + ProcessHandle.current().pid();

	@Override
	public void put(Path folder, List<String> bodies) throws IOException {
		for (String body : bodies) {
			String name = UUID.randomUUID().toString();
			Path written = Files.writeString(folder.resolve(name + ".tmp"), body);
			Files.move(written, folder.resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
		}
	}

	@Override
	public void workOff(Path folder, Consumer<String> handler) throws IOException {
		List<Path> files = list(folder);
		while (!files.isEmpty()) {
			for (Path file : files) {
				take(file, handler);
			}
			files = list(folder);
		}
	}

	private static List<Path> list(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> file.toString().endsWith(".json")).sorted().toList();
		}
	}

	private void take(Path file, Consumer<String> handler) throws IOException {
		Path mine = file.resolveSibling(file.getFileName() + this.self);
		try {
			Files.move(file, mine, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (NoSuchFileException ex) {
			// Another process has it.
			return;
		}
		handler.accept(Files.readString(mine));
		Files.delete(mine);
	}

}
