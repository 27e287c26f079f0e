package io.pubsub.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FileMoves}.
 */
class FileMovesTests {

	private static final int ROUNDS = 200;

	@TempDir
	private Path folder;

	static Stream<FileMoves> ways() {
		return Stream.of(new FileMoves(), new FileMoves((link, file) -> {
			throw new UnsupportedOperationException("no hard links");
		}));
	}

	@ParameterizedTest
	@MethodSource("ways")
	void movesAFile(FileMoves moves) throws IOException {
		Path file = write("a", "content");
		moves.move(file, this.folder.resolve("b"));
		assertThat(file).doesNotExist();
		assertThat(this.folder.resolve("b")).hasContent("content");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void overwritesNothing(FileMoves moves) throws IOException {
		Path file = write("a", "content");
		Path target = write("b", "other");
		assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> moves.move(file, target));
		assertThat(file).hasContent("content");
		assertThat(target).hasContent("other");
	}

	@ParameterizedTest
	@MethodSource("ways")
	void whenTheFileIsGoneLeavesNothing(FileMoves moves) {
		Path target = this.folder.resolve("b");
		assertThatExceptionOfType(NoSuchFileException.class)
			.isThrownBy(() -> moves.move(this.folder.resolve("a"), target));
		assertThat(target).doesNotExist();
	}

	@ParameterizedTest
	@MethodSource("ways")
	void ofTwoThatWantTheSameNameBothSurvive(FileMoves moves) throws IOException {
		for (int round = 0; round < ROUNDS; round++) {
			Path one = write("one", "1");
			Path other = write("other", "2");
			String name = "x" + round + ".tsv";
			race(() -> moves.moveInto(one, this.folder, name), () -> moves.moveInto(other, this.folder, name));
			assertThat(List.of(Files.readString(this.folder.resolve(name)),
					Files.readString(this.folder.resolve("x" + round + "-1.tsv"))))
				.containsExactlyInAnyOrder("1", "2");
		}
	}

	@ParameterizedTest
	@MethodSource("ways")
	void ofTwoWhoMoveTheSameFileOneSucceeds(FileMoves moves) throws IOException {
		for (int round = 0; round < ROUNDS; round++) {
			Path file = write("file", "content");
			AtomicInteger moved = new AtomicInteger();
			Path one = this.folder.resolve("one" + round);
			Path other = this.folder.resolve("other" + round);
			race(() -> count(moved, FileMoves.rename(file, one)), () -> count(moved, FileMoves.rename(file, other)));
			assertThat(moved).hasValue(1);
			assertThat(Stream.of(one, other).filter(Files::exists)).hasSize(1);
		}
	}

	@Test
	void movesToAnotherFileSystem() throws IOException {
		Path memory = Path.of("/dev/shm");
		Assumptions.assumeTrue(
				Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(this.folder)),
				"one file system only");
		Path elsewhere = Files.createTempDirectory(memory, "pubsub");
		try {
			Path file = write("a", "content");
			new FileMoves().move(file, elsewhere.resolve("a"));
			assertThat(file).doesNotExist();
			assertThat(elsewhere.resolve("a")).hasContent("content");
			Path again = write("a", "other");
			assertThatExceptionOfType(FileAlreadyExistsException.class)
				.isThrownBy(() -> new FileMoves().move(again, elsewhere.resolve("a")));
			assertThat(elsewhere.toFile().list()).containsExactly("a");
		}
		finally {
			Files.deleteIfExists(elsewhere.resolve("a"));
			Files.delete(elsewhere);
		}
	}

	private static boolean count(AtomicInteger count, boolean happened) {
		return happened && count.incrementAndGet() > 0;
	}

	private Path write(String name, String content) throws IOException {
		return Files.writeString(this.folder.resolve(name), content);
	}

	private static void race(Racer... racers) {
		CompletableFuture<?>[] all = IntStream.range(0, racers.length)
			.mapToObj((racer) -> CompletableFuture.runAsync(() -> run(racers[racer])))
			.toArray(CompletableFuture<?>[]::new);
		CompletableFuture.allOf(all).join();
	}

	private static void run(Racer racer) {
		try {
			racer.run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private interface Racer {

		Object run() throws IOException;

	}

}
