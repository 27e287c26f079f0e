package io.pubsub.sample.pipeline.lines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import io.pubsub.aws.s3.S3Object;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CountFolder}.
 */
class CountFolderTests {

	private static final S3Object OBJECT = S3Object.of("files", "incoming/a b+\u00fc.txt.gz");

	@TempDir
	private Path directory;

	@Test
	void whenACountComesTwiceHasOneFileWithOneCount() throws IOException {
		CountFolder folder = new CountFolder(this.directory.resolve("counts"), new Progress());
		folder.write(new LineCount(OBJECT, 42));
		folder.write(new LineCount(OBJECT, 42));
		assertThat(folder.path()).isDirectoryContaining("glob:**/incoming%2Fa+b%2B%C3%BC.txt.gz.txt");
		assertThat(folder.path().toFile().list()).hasSize(1);
		assertThat(folder.path().resolve("incoming%2Fa+b%2B%C3%BC.txt.gz.txt")).hasContent("42\n");
	}

	@Test
	void whenOthersMayReadFilesMayReadCounts() throws IOException {
		CountFolder folder = new CountFolder(this.directory.resolve("counts"), new Progress());
		folder.write(new LineCount(OBJECT, 42));
		Path usual = Files.createFile(this.directory.resolve("usual"));
		assertThat(folder.path().toFile().listFiles()).singleElement()
			.extracting((file) -> permissions(file.toPath()))
			.isEqualTo(permissions(usual));
	}

	private static Object permissions(Path file) {
		try {
			Set<String> views = file.getFileSystem().supportedFileAttributeViews();
			return views.contains("posix") ? Files.getPosixFilePermissions(file) : Files.isReadable(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
